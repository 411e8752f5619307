"""Questions about pages, blocks, versions and limits."""

from __future__ import annotations

from livecheck.ground import Ground, text
from livecheck.questions import question


@question("Are archived and after still taken on 2026-03-11?", "upgrade-guide-2026-03-11")
def retired_keys(ground: Ground) -> object:
    page = ground.page([{"paragraph": {"rich_text": text("one")}}])["id"]
    first = ground.notion("GET", f"/blocks/{page}/children")["results"][0]["id"]
    body = {"children": [{"divider": {}}], "after": first}
    after = ground.notion("PATCH", f"/blocks/{page}/children", body).ok
    archived = ground.notion("PATCH", f"/pages/{page}", {"archived": False}).ok
    told = {(True, True): "accepted", (False, False): "refused"}
    return told.get((after, archived), f"after {after}, archived {archived}")


@question("Are pages read and written as Markdown before 2026-03-11?", "retrieve-page-markdown")
def markdown_before_2026(ground: Ground) -> object:
    answer = ground.notion("GET", f"/pages/{ground.page()['id']}/markdown", version="2025-09-03")
    return "answered" if answer.ok else "refused"


@question("Are pieces of text with the same look answered as one?", "rich-text")
def merge_text(ground: Ground) -> object:
    page = ground.page([{"paragraph": {"rich_text": [*text("one "), *text("two")]}}])["id"]
    block = ground.notion("GET", f"/blocks/{page}/children")["results"][0]
    return len(block["paragraph"]["rich_text"]) == 1


@question("Does a locked page refuse writes over the API?", "patch-page")
def locks(ground: Ground) -> object:
    page = ground.page()["id"]
    ground.notion("PATCH", f"/pages/{page}", {"is_locked": True})
    answer = ground.notion("PATCH", f"/pages/{page}", {"properties": {"title": text("Other")}})
    return "ignored" if answer.ok else "enforced"


@question("May a window's requests be sent in one burst?", "request-limits")
def limiter(ground: Ground) -> object:
    answers = ground.notion.at_once("GET", "/users/me", [None] * 12)
    return "drip" if any(answer.status == 429 for answer in answers) else "window"


@question("Is an id refused whose version and variant are wrong?", "status-codes", switch=False)
def wrong_ids(ground: Ground) -> object:
    wrong = ("12345678-1234-1234-1234-123456789abc", "0a11b111-1111-4c11-1dfc-111b1111c111")
    return [ground.notion("GET", f"/pages/{one}").status for one in wrong]


@question("Is a page refused that is moved to where it is?", "move-page", switch=False)
def move_to_the_same_place(ground: Ground) -> object:
    body = {"parent": {"type": "page_id", "page_id": ground.page_id}}
    return ground.notion("POST", f"/pages/{ground.page()['id']}/move", body).status
