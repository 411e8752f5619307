"""The commented template that an author begins with."""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files

from notion_roadmap.roadmap import MAX_TITLE
from notion_roadmap.templates.scalars import scalar

_KEY = "key: my-roadmap\n"
_TITLE = "title: My roadmap\n"
_LONGEST = 60


def starter(name: str) -> str:
    """The text of a new template.

    Args:
        name: what it is to be called, such as `My sabbatical`: its title, and as lower-case words its key.
    """
    text = files("notion_roadmap.templates").joinpath("starter.yaml").read_text(encoding="utf-8")
    words = " ".join(re.split(r"[\s_-]+", name))[:MAX_TITLE].strip()
    title, _ = scalar(words or "My roadmap", indent=0, column=-MAX_TITLE)  # never folded
    key, _ = scalar(slug(name), indent=0, column=0)
    return text.replace(_KEY, f"key: {key}\n", 1).replace(_TITLE, f"title: {title}\n", 1)


def slug(name: str) -> str:
    """A key made of a name: `Été à Rome 2026` becomes `ete-a-rome-2026`; `roadmap` where no letter is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST].strip("-") or "roadmap"
