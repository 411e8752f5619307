"""By which id Notion names our edits: asked once for each token, and remembered."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from notion_roadmap.service.house import House

BOT: Final = "bot"
"""Name of the fact in the state: the id, and of which token it is."""


async def know_ourselves(house: House) -> None:
    """Know our own edits from other people's. Another token may be another connection's: it is asked anew."""
    token, told = _mark(house), house.state.fact(BOT)
    if isinstance(told, dict) and told.get("token") == token:
        house.gateway.known_as(str(told["id"]))
    else:
        house.state.remember(BOT, {"id": (await house.gateway.me()).bot_id, "token": token})


def _mark(house: House) -> str:
    """What tells a token from others and does not give it away."""
    token = house.settings.notion_token
    return blake2b(token.get_secret_value().encode(), digest_size=8).hexdigest() if token is not None else ""
