"""One workspace: its state, clock, switches, limits, faults and journal, and the way one request takes through them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any, Literal

from notion_roadmap.sandbox import gate
from notion_roadmap.sandbox.clock import SandboxClock
from notion_roadmap.sandbox.errors import ApiError, SandboxError
from notion_roadmap.sandbox.faults import Faults, Rule
from notion_roadmap.sandbox.ids import IdMaker, parse
from notion_roadmap.sandbox.limiter import BUDGETS, Limiter
from notion_roadmap.sandbox.reply import Reply
from notion_roadmap.sandbox.routes import Call, find
from notion_roadmap.sandbox.rules import richtext
from notion_roadmap.sandbox.state import Doc, Store
from notion_roadmap.sandbox.switches import Switches

Plan = Literal["free", "plus", "business"]
_CONTENT_KINDS = ("page", "database", "data_source", "block")


class Workspace:
    """A Notion workspace in one process. `handle` answers one API request at once: no await, no thread."""

    def __init__(
        self,
        *,
        data: str | Path = ":memory:",
        plan: Plan = "plus",
        rate_limit: bool = True,
        token: str | None = None,
        seed: int | None = None,
        clock: SandboxClock | None = None,
    ) -> None:
        if plan not in BUDGETS:
            raise SandboxError(f"There is no plan {plan!r}; the plans are {', '.join(BUDGETS)}.")
        self.store = Store(data)
        self.clock = clock or SandboxClock()
        self.switches = Switches()
        self.limiter = Limiter(plan, self.switches)
        self.rate_limit = rate_limit
        self.faults = Faults()
        self.journal: list[dict[str, Any]] = []
        self.base_url = "http://127.0.0.1:8787"
        self.latency_ms = 0
        self._owner_acts = False
        self.requests = 0
        self.frozen: dict[str, Any] | None = None
        self.writes = 0
        self.in_flight = 0
        self.crowd = 0
        self.cursors: dict[str, int] = {}
        self.item_cursors: dict[str, int] = {}
        self.made_at: dict[str, int] = {}
        self.random = Random(f"{seed}:{self.store.sequence}") if seed is not None else Random(secrets.randbits(128))
        self._settle(token, seed)

    def _settle(self, token: str | None, seed: int | None) -> None:
        """Take over the identity that the file has, or give it one."""
        if self.store.meta("token") is None:
            made = IdMaker(self.random, "00000000-0000")
            for key in ("workspace_id", "root_page_id", "bot_id", "owner_id", "integration_id"):
                self.store.set_meta(key, made.random_id())
            source = Random(seed) if seed is not None else Random(secrets.randbits(128))
            self.store.set_meta(
                "token", token or "ntn_" + "".join(source.choice("abcdefghijkmnpqrstuvwxyz") for _ in range(43))
            )
        elif token and token != self.store.meta("token"):
            self.store.set_meta("token", token)
        if self.store.meta("owner_token") is None:
            source = Random(f"owner:{seed}") if seed is not None else Random(secrets.randbits(128))
            self.store.set_meta(
                "owner_token", "ntn_" + "".join(source.choice("abcdefghijkmnpqrstuvwxyz") for _ in range(43))
            )
        self.ids = IdMaker(self.random, self.store.meta("workspace_id"))
        if self.store.get(self.root_page_id) is None:
            self._plant()
        self.store.commit()

    def _plant(self) -> None:
        """Make the users and the root page, shared with the connection."""
        now = self.clock.now_ms()
        stamp = {"created": now, "edited": now, "created_by": self.owner_id, "edited_by": self.owner_id}
        self.store.add(
            {"object": "user", "id": self.owner_id, "parent": {}, "type": "person", "name": "Sandbox Owner",
             "email": "owner@example.com"}
        )  # fmt: skip
        self.store.add({"object": "user", "id": self.bot_id, "parent": {}, "type": "bot", "name": "Notion Roadmap"})
        self.store.add(
            {"object": "page", "id": self.root_page_id, **stamp, "parent": {"type": "workspace", "workspace": True},
             "cover": None, "icon": None, "in_trash": False, "is_archived": False, "is_locked": False,
             "values": {"title": richtext.make("Sandbox")}, "children": []}
        )  # fmt: skip

    @property
    def token(self) -> str:
        """The connection's token."""
        return str(self.store.meta("token"))

    @property
    def owner_token(self) -> str:
        """A token that acts as the owner in Notion's own app: no limit, no fault and no missing capability meets it."""
        return str(self.store.meta("owner_token"))

    @property
    def actor(self) -> str:
        """The user on whose behalf the request in hand is answered."""
        return self.owner_id if self._owner_acts else self.bot_id

    @property
    def root_page_id(self) -> str:
        """The page that is shared with the connection."""
        return str(self.store.meta("root_page_id"))

    @property
    def bot_id(self) -> str:
        """The connection's own user."""
        return str(self.store.meta("bot_id"))

    @property
    def owner_id(self) -> str:
        """The person who owns the workspace."""
        return str(self.store.meta("owner_id"))

    def handle(
        self, method: str, path: str, query: list[tuple[str, str]], headers: dict[str, str], raw: bytes
    ) -> Reply:
        """Answer one API request; header names in lower case. Faults, limits and the journal included."""
        self._owner_acts = headers.get("authorization", "").removeprefix("Bearer ").strip() == self.owner_token
        if self._owner_acts:
            return self._answer(method, path, query, headers, raw)
        self.requests += 1
        rule = self.faults.pick(method, path)
        if rule and rule.answers_early:
            reply = Reply.fault(rule.action, self.ids.random_id())
        else:
            self._freeze(rule, "before")
            reply = self._answer(method, path, query, headers, raw)
            self._freeze(rule, "after")
            if rule:
                reply = reply.faulted(rule.action, self.ids.random_id(), method)
        self.journal.append(
            {
                "n": self.requests,
                "time": self.clock.now().isoformat(),
                "method": method,
                "path": path,
                "body_hash": hashlib.sha256(raw).hexdigest()[:16],
                "status": 0 if reply.drop else reply.status,
            }
        )
        return reply

    def _freeze(self, rule: Rule | None, when: str) -> None:
        """Keep what queries see as it is now, for the next calls; pages themselves are always read fresh."""
        if rule and rule.action["type"] == "freeze_queries" and rule.when == when:
            rows = {source: dict(ids) for source, ids in self.store.rows.items()}
            self.frozen = {"docs": dict(self.store.docs), "rows": rows, "calls": int(rule.action.get("calls", 1))}

    def _answer(
        self, method: str, path: str, query: list[tuple[str, str]], headers: dict[str, str], raw: bytes
    ) -> Reply:
        request_id = self.ids.random_id()
        version = headers.get("notion-version", "")
        try:
            endpoint, params = find(method, path)
            gate.authorise(self, headers)
            if self.rate_limit and not self._owner_acts:
                self.limiter.spend(self.clock.now_ms())
            version = gate.version(headers)
            call = Call(self, endpoint, params, query, gate.body(self, method, headers, raw, version), version, headers)
            gate.permit(call)
            answer = endpoint.answer(call)
            gate.charge(self)
            if self.switches.query_lag_requests:
                self.made_at.update((doc["id"], self.requests) for doc in self.store.added)
            self.store.commit()
            status = 202 if answer.get("status") == "queued" else 200  # a task that was accepted
            return Reply.json(status, gate.dress(answer, version, request_id), request_id)
        except ApiError as error:
            self.store.rollback()
            return Reply.json(error.status, error.body(request_id), request_id, error.headers)
        except SandboxError as error:
            self.store.rollback()
            down = ApiError(503, "database_connection_unavailable", str(error))
            return Reply.json(503, down.body(request_id), request_id)
        except BaseException:
            self.store.rollback()
            raise

    def is_hidden(self, doc: Doc) -> bool:
        """Whether the connection may not see an object, because it or something above it is not shared."""
        unshared = self.store.meta("unshared", [])
        here: Doc | None = doc if unshared and not self._owner_acts else None
        while here is not None:
            if here["id"] in unshared:
                return True
            above = here["parent"]
            here = self.store.get(above.get(above.get("type", ""), ""))
        return False

    def perform(self, action: Callable[[], None]) -> None:
        """Carry out a change that comes from no API request, all of it or (when it raises) nothing."""
        try:
            action()
            self.store.commit()
        except BaseException:
            self.store.rollback()
            raise

    def touch(self, doc: Doc, user: str | None = None) -> None:
        """Note on a document from `edit` that it was changed now."""
        doc["edited"], doc["edited_by"] = self.clock.now_ms(), user or self.actor

    def stamp(self, user: str | None = None) -> Doc:
        """The times and authors of something new."""
        now, by = self.clock.now_ms(), user or self.actor
        return {"created": now, "edited": now, "created_by": by, "edited_by": by}

    def new_id(self, kind: str) -> str:
        """An id for a page, block, later data source, view, discussion or comment."""
        return self.ids.object_id(kind, self.clock.now_ms() // 86_400_000 - 20_000)

    def summary(self) -> dict[str, Any]:
        """What `GET /_sandbox` shows."""
        objects = sum(doc["object"] in _CONTENT_KINDS for doc in self.store.docs.values())
        return {
            "token": self.token,
            "root_page_id": self.root_page_id,
            "now": self.clock.now().isoformat(),
            "requests": self.requests,
            "objects": objects,
        }

    def control(self, name: str, value: Any = None) -> Any:
        """The controls of `/_sandbox/<name>` without HTTP: clock, faults, switches, latency, journal, ...

        Raises SandboxError for a value that the control does not take.
        """
        action = getattr(self, f"_control_{name}", None)
        if action is None:
            raise SandboxError(f"There is no control {name!r}.")
        return action(value)

    def _control_clock(self, value: Any) -> Any:
        value = value if isinstance(value, dict) else {}
        if isinstance(value.get("now"), str):
            try:
                moment = datetime.fromisoformat(value["now"])
            except ValueError as error:
                raise SandboxError(f"{value['now']!r} is no ISO 8601 moment.") from error
            if moment.tzinfo is None:
                raise SandboxError(f"{value['now']!r} has no offset; write e.g. 2026-11-20T09:00:00+00:00.")
            self.clock.set(moment)
        elif isinstance(value.get("advance_s"), int | float):
            self.clock.advance(value["advance_s"])
        elif value:
            raise SandboxError('The clock takes {"now": "<ISO 8601>"} or {"advance_s": <seconds>}.')
        return {"now": self.clock.now().isoformat()}

    def _control_faults(self, value: Any) -> Any:
        self.faults.set(value or [])
        if not value:
            self.frozen = None
        return {"rules": len(self.faults.rules)}

    def _control_switches(self, value: Any) -> Any:
        if value is not None and not isinstance(value, dict):
            raise SandboxError("The switches are an object of names and values.")
        self.switches.set(value or {})
        return self.switches.values()

    def _control_latency(self, value: Any) -> Any:
        milliseconds = value.get("ms") if isinstance(value, dict) else value
        if not isinstance(milliseconds, int) or not 0 <= milliseconds <= 600_000:
            raise SandboxError('The latency is {"ms": 0 to 600000}.')
        self.latency_ms = milliseconds
        return {"ms": milliseconds}

    def _control_plan(self, value: Any) -> Any:
        plan = value.get("plan") if isinstance(value, dict) else value
        if plan not in BUDGETS:
            raise SandboxError(f"There is no plan {plan!r}; the plans are {', '.join(BUDGETS)}.")
        self.limiter.plan = plan
        return {"plan": plan}

    def _control_sharing(self, value: Any) -> Any:
        """Take objects, with all that is under them, from the connection's sight."""
        unshared = value.get("unshared") if isinstance(value, dict) else value
        ids = [parse(one) for one in unshared] if isinstance(unshared, list) else [None]
        if None in ids:
            raise SandboxError('The sharing is {"unshared": [<id>, ...]}; [] shares everything again.')
        self.store.set_meta("unshared", ids)
        self.store.commit()
        return {"unshared": ids}

    def _control_journal(self, _: Any = None) -> Any:
        return list(self.journal)

    def _control_export(self, _: Any = None) -> Any:
        return self.store.export()

    def _control_import(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise SandboxError("An imported state is the object that the export gave.")
        self.store.replace(value)
        self.ids = IdMaker(self.random, self.store.meta("workspace_id"))
        return self.summary()

    def _control_reset(self, _: Any = None) -> Any:
        """Empty the workspace; token, root page id, switches and clock stay."""
        identity = self.store.export()["meta"]
        identity = {key: value for key, value in identity.items() if key.endswith(("token", "_id"))}
        self.store.replace(
            {"version": 1, "meta": {"blocks_made": 0, "block_limit_crossed": None, **identity}, "objects": []}
        )
        self._plant()
        self.store.commit()
        self.faults.set([])
        self.frozen, self.journal, self.requests = None, [], 0
        self.limiter.reset()
        return self.summary()

    def close(self) -> None:
        """Let go of the data file."""
        self.store.close()
