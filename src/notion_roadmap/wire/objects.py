"""Pages, databases and users, apart from the values of rows.

https://developers.notion.com/reference/page · https://developers.notion.com/reference/database
"""

from __future__ import annotations

from notion_roadmap.wire.shapes import JSONObject, dashed, moment, obj, objs, parent_of, string
from notion_roadmap.wire.text import decode_text, encode_words
from notion_roadmap.workspace.answers import Me, SeenDatabase
from notion_roadmap.workspace.items import Item, Page
from notion_roadmap.workspace.observed import Seen


def encode_icon(icon: str) -> JSONObject:
    """An emoji as an icon."""
    return {"type": "emoji", "emoji": icon}


def decode_icon(value: object) -> str:
    """The emoji of an icon; "" for pictures and for none."""
    return string(obj(value).get("emoji"))


def encode_title(title: str) -> JSONObject:
    """The properties of a page that is not a row: its title."""
    return {"title": {"title": encode_words(title)}}


def page_title(answer: JSONObject) -> str:
    """The plain words of a page's title, whatever the property is called."""
    for value in obj(answer.get("properties")).values():
        if obj(value).get("type") == "title":
            return decode_text(obj(value).get("title")).plain
    return ""


def decode_page(answer: JSONObject, bot_id: str) -> Seen:
    """A page that is not a row, without its body."""
    page = Page(
        key="",
        parent=parent_of(answer.get("parent"))[1],
        title=page_title(answer),
        icon=decode_icon(answer.get("icon")),
    )
    return seen(answer, page, bot_id)


def seen(answer: JSONObject, item: Item | None, bot_id: str) -> Seen:
    """What a page's answer says around its content. Without a known bot everything counts as ours, as Seen has it.

    refs: "url", "parent_type", "parent" and "edited" (the ISO time of the last edit, cut to the minute).
    """
    made, edited = (dashed(obj(answer.get(by)).get("id")) for by in ("created_by", "last_edited_by"))
    kind, parent = parent_of(answer.get("parent"))
    return Seen(
        id=dashed(answer.get("id")),
        item=item,
        trashed=answer.get("in_trash") is True,
        made_by_us=not bot_id or not made or made == bot_id,
        edited_by_us=not bot_id or not edited or edited == bot_id,
        created=moment(answer.get("created_time")),
        refs={
            "url": string(answer.get("url")),
            "parent_type": kind,
            "parent": parent,
            "edited": string(answer.get("last_edited_time")),
        },
        edited=moment(answer.get("last_edited_time")),
    )


def decode_database(answer: JSONObject) -> SeenDatabase:
    """A database, whose columns its data sources hold."""
    return SeenDatabase(
        id=dashed(answer.get("id")),
        title=decode_text(answer.get("title")).plain,
        description=decode_text(answer.get("description")).plain,
        parent=parent_of(answer.get("parent"))[1],
        sources=tuple(dashed(source.get("id")) for source in objs(answer.get("data_sources"))),
        trashed=answer.get("in_trash") is True,
        inline=answer.get("is_inline") is True,
        icon=decode_icon(answer.get("icon")),
        url=string(answer.get("url")),
    )


def decode_me(answer: JSONObject) -> Me:
    """Whose token it is: https://developers.notion.com/reference/get-self"""
    bot = obj(answer.get("bot"))
    owner = obj(bot.get("owner"))
    return Me(
        bot_id=dashed(answer.get("id")),
        name=string(answer.get("name")),
        workspace_id=string(bot.get("workspace_id")),
        workspace_name=string(bot.get("workspace_name")),
        kind="person" if answer.get("type") == "person" or owner.get("type") == "user" else "bot",
    )
