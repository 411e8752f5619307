"""Templates: YAML files that hold a roadmap, bundled or an author's own."""

from notion_roadmap.templates.load import TemplateInfo, bundled, load_template, parse_template, template_schema
from notion_roadmap.templates.problems import (
    OverlayInvalid,
    Problem,
    TemplateError,
    TemplateInvalid,
    TemplateNotFound,
    TemplateUnreadable,
)

__all__ = [
    "OverlayInvalid",
    "Problem",
    "TemplateError",
    "TemplateInfo",
    "TemplateInvalid",
    "TemplateNotFound",
    "TemplateUnreadable",
    "bundled",
    "load_template",
    "parse_template",
    "template_schema",
]
