"""Deriving the machine-readable contract from Notion's official types."""
