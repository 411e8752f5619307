"""Signs of completion: boxes, ticks, words and strokes, and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_VS = "\ufe0f?"
_TICK = f"(?:✅|✔{_VS}|✓|☑{_VS}|🗹|:(?:white_check_mark|heavy_check_mark|ballot_box_with_check|ship):)"
_OTHER = (
    f"(?:❌|❎|✗|✘|✖{_VS}|⬜{_VS}|◻{_VS}|☐|🔲|⏳|⌛{_VS}|🚧|🔄|📅|🟡|🔴|🟢|⭕{_VS}|🏗{_VS}|⏸{_VS}|📝|💡|🔜|🔵|⚪{_VS}"
    r"|:[a-z][a-z0-9_+-]{2,40}:)"
)
_WORDS = (
    "completed|complete|done|finished|shipped|released|erledigt|fertig|abgeschlossen|terminé|fait|hecho|completado|"
    "terminado|terminada|finalizado|finalizada|completada|concluída|terminée|concluído|feito|fatto|completato|готово|сделано|выполнено|已完成|完成|完了|완료"
)
_LEADING = re.compile(rf"^({_TICK}|{_OTHER})\s*")
_TRAILING = re.compile(
    rf"(?<![\s–—:·|-])[\s–—:·|-]*(?:[(\[]\s*{_TICK}\s*(?:{_WORDS})?!?\s*[)\]]|{_TICK}[\s-]*[(\[]?(?:{_WORDS})?[)\]]?!?|[(\[](?:{_WORDS})!?[)\]]|[–—-]\s+(?:{_WORDS})!?)\s*$",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"^~~(?P<inner>(?:(?!~~).)+)~~\s*$", re.DOTALL)
_SAYS_DONE = re.compile(
    rf"^(?:\[?[xX]\]?|{_TICK}|yes|y|ja|oui|sí|si|sim|да|true|100\s*%|(?:{_TICK}\s*)?(?:{_WORDS})(?:\s*{_TICK})?)$",
    re.IGNORECASE,
)


class Marked(NamedTuple):
    """A title without its signs.

    Args:
        sign: the sign that stood before it, "" if none.
        done: whether a sign or word behind it, or a stroke through it, says that it is done.
    """

    text: str
    sign: str
    done: bool


def read_marks(text: str) -> Marked:
    """Take the signs of completion off a title."""
    text, sign, done = text.strip(), "", False
    if found := _LEADING.match(text):
        sign, text = found[1], text[found.end() :]
    if struck := _STRUCK.match(text):
        text, done = struck["inner"], True
    if len(text) < 4000 and (behind := _TRAILING.search(text)) and behind.start() > 0:
        text, done = text[: behind.start()], True
    return Marked(text.strip(), sign, done)


def ticks_mean_done(signs: Sequence[str]) -> bool:
    """Whether ticks before the entries of one list tell some of them from others.

    Where every entry has one, it is only their bullet.
    """
    ticked = sum(is_tick(sign) for sign in signs)
    return 0 < ticked < len(signs)


def is_tick(sign: str) -> bool:
    """Whether a sign is one of completion."""
    return bool(re.fullmatch(_TICK, sign))


def says_done(text: str) -> bool:
    """Whether a cell or a status line says that something is done."""
    return bool(_SAYS_DONE.match(text.strip()))
