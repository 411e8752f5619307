"""A roadmap template becomes a living Notion workspace."""

__version__ = "0.1.0"
