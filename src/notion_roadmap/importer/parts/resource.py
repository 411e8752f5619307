"""One resource or book, from the cells of a table or from a line such as `**Title** by Author (note)`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notion_roadmap.importer.draft import Data
from notion_roadmap.importer.labels import in_brackets, labelled, note_behind
from notion_roadmap.importer.parts.common import put
from notion_roadmap.importer.texts import plain, unmarked
from notion_roadmap.importer.words import fold

_COLUMNS = {
    "focus": ("focus", "focus area", "topic", "topics", "description", "about", "what", "thema", "beschreibung",
              "inhalt",
              "sujet", "description", "tema", "descripción", "descrição", "descrizione", "contents", "why", "notes",
              "warum", "pourquoi", "por qué", "por que", "perché", "描述", "说明", "описание"),
    "duration": ("duration", "length", "time", "hours", "dauer", "durée", "duración", "duração", "durata"),
    "instructor": ("instructor", "author", "authors", "teacher", "by", "provider", "autor",
                   "autorin", "auteur", "autore",
                   "creator", "автор", "作者"),
    "cost": ("cost", "price", "kosten", "preis", "prix", "coût", "costo", "precio", "preço", "prezzo", "free", "цена"),
    "priority": ("priority", "priorität", "priorité", "prioridad", "prioridade", "priorità"),
    "usage": ("usage", "use", "best for", "purpose", "level", "when", "verwendung", "uso", "utilisation"),
}  # fmt: skip
_LINK = ("link", "url", "links", "website", "site", "lien", "enlace", "ссылка", "链接")
_LEADING_LINK = re.compile(
    r"^(?P<link>\[(?:[^\[\]]|\[[^\[\]]*\])*\]\((?:[^()\s]|\([^()\s]*\))*(?:\s\"[^\"]*\")?\))(?P<rest>.*)$", re.DOTALL
)
_DASH = re.compile(r"(?<!\s)(?:\s+[-–—]\s+|\s*:\s+)")
_BY = re.compile(r"^(?:by|von|par|por|di|de)\s+(?P<name>.+)$", re.IGNORECASE)
_BY_NAME = re.compile(r"\s(?:by|von|par|por)\s+(?=[^\W\d_a-zà-ÿа-я])")
_QUOTED = re.compile(r"^[\"“„«](?P<title>[^\"“”„«»]+)[\"“”»](?P<rest>.*)$", re.DOTALL)
_ADDRESS = re.compile(r"^(?:https?://\S+|(?:[a-z0-9-]+\.)+(?P<end>[a-z]{2,})(?:/\S*)?)$")
_NO_HOST = {"js", "py", "md", "ts", "rs", "sh", "net", "txt", "pdf", "go"}


_FEW = 2
"""Words behind a bold title that still belong to it: `**ML Certification** paths`."""


def by_columns(columns: Sequence[str], cells: Sequence[str]) -> Data:
    """A row: the first column is the resource, the others what they are named; {} for an empty row."""
    if not cells or not cells[0].strip():
        return {}
    resource: Data = {"title": cells[0].strip()}
    for name, cell in list(zip(columns, cells, strict=False))[1:]:
        if cell.strip():
            _add(resource, fold(name), name, cell.strip())
    return resource


def _add(resource: Data, folded: str, name: str, cell: str) -> None:
    if folded in _LINK and "](" not in resource["title"]:
        url = cell[cell.index("](") + 2 : -1] if "](" in cell and cell.endswith(")") else cell.strip("<>")
        if _ADDRESS.match(url):
            resource["title"] = _linked(resource["title"], url)
            return
    field = next((field for field, names in _COLUMNS.items() if folded in map(fold, names)), None)
    if field and field not in resource:
        resource[field] = plain(cell) if field == "priority" else cell
    else:
        resource["usage"] = " · ".join(filter(None, [resource.get("usage", ""), f"{name}: {cell}"]))


def of_text(text: str) -> Data:
    """A line: its title, by whom it is, what else is said about it."""
    title, rest = _halves(text)
    bracketed = in_brackets(rest)
    rest, note = ("", bracketed) if bracketed is not None else note_behind(rest)
    by = _BY.match(rest)
    if by:
        rest = ""
    if _is_address(rest) and not note:
        rest, note = "", rest
    if _is_address(note) and "](" not in title:
        title, note = _linked(title, note), ""
    instructor = by["name"].strip() if by else None
    focus = f"{rest} ({note})" if rest and note else rest or note
    return put({"title": title.strip() or "–"}, focus=focus, instructor=instructor)


def _halves(text: str) -> tuple[str, str]:
    """The title, and the rest."""
    link = _LEADING_LINK.match(text.strip())
    if link:
        return link["link"], _after(unmarked(link["rest"]))
    quoted = _QUOTED.match(unmarked(text))
    if quoted:
        return quoted["title"], _after(quoted["rest"])
    label = labelled(text)
    if label and label.rest:
        only = _LEADING_LINK.match(label.rest)
        if only and not only["rest"].strip():
            return only["link"], label.label
        if not label.sign and len(label.rest.split()) <= _FEW and not _BY.match(label.rest) and label.rest[0].islower():
            return unmarked(text), ""
        return label.label, label.rest
    shown = unmarked(text)
    halves = _DASH.split(shown, maxsplit=1)
    if len(halves) == 2 and all(halves) and "](" not in halves[0]:
        return halves[0], halves[1]
    before, note = note_behind(shown)
    by = max(_BY_NAME.finditer(before), key=lambda found: found.start(), default=None)
    if by:
        return before[: by.start()], f"{before[by.start() :].strip()}{f' ({note})' if note else ''}"
    return (before, f"({note})") if note else (shown, "")


def _after(rest: str) -> str:
    return re.sub(r"^\s*(?:[-–—:|,]\s*)+", "", rest).strip()


def _is_address(text: str) -> bool:
    found = _ADDRESS.match(text.strip())
    return bool(found) and (found["end"] not in _NO_HOST if found else False)


def _linked(title: str, address: str) -> str:
    """The title as a link. A host without a scheme is reached as the web is, and ends in a slash as every address does
    that names no page (https://url.spec.whatwg.org/#url-serializing)."""
    address = address.strip()
    whole = address if "://" in address else f"https://{address}"
    return f"[{plain(title)}]({whole}{'' if '/' in whole.partition('://')[2] else '/'})"


def book_of(resource: Data) -> Data:
    """A book is a resource with an author; a book has a plain title, so its link goes to the note."""
    if not resource:
        return {}
    title = str(resource["title"])
    link = title if "](" in title else ""
    said = [
        link,
        *(str(resource[name]) for name in ("focus", "duration", "cost", "priority", "usage") if name in resource),
    ]
    author, focus = resource.get("instructor"), resource.get("focus")
    shown = plain(title).strip("\"“”„«»'")
    if author is None and focus and said[-1] == focus:
        author, note = note_behind(str(focus))
        said = [link, note]
    return put(
        {"title": shown or "–"}, author=plain(str(author)) if author else None, note=" · ".join(filter(None, said))
    )
