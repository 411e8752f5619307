"""State: one file, reopened as it was; atomic requests; export and import; one owner at a time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from notion_roadmap.sandbox import DataInUseError, SandboxError
from notion_roadmap.sandbox.state import Store
from notion_roadmap.sandbox.workspace import Workspace
from sandbox.ground import Api, paragraph, text


def _open(path: Path) -> Workspace:
    return Workspace(data=path, rate_limit=False)


def test_a_reopened_file_has_the_same_token_root_and_content(tmp_path: Path) -> None:
    first = _open(tmp_path / "w.db")
    api = Api(first)
    _, source = api.database({"S": {"select": {}}})
    for name in ("a", "b", "c"):
        api.row(source, name, S={"select": {"name": name}})
    page = api.page("P", children=[paragraph("x", paragraph("y"))])
    before, token, root = first.store.export(), first.token, first.root_page_id
    first.close()
    again = _open(tmp_path / "w.db")
    assert (again.token, again.root_page_id) == (token, root)
    assert again.store.export() == before
    reopened = Api(again)
    assert reopened.query(source) == ["c", "b", "a"]
    assert len(reopened.children(page["id"])) == 1
    again.close()


def test_every_answered_write_is_in_the_file_at_once(tmp_path: Path) -> None:
    workspace = _open(tmp_path / "w.db")
    page = Api(workspace).page("kept")
    copy = tmp_path / "copy.db"
    for suffix in ("", "-wal"):
        (copy.parent / f"copy.db{suffix}").write_bytes((tmp_path / f"w.db{suffix}").read_bytes())
    other = _open(copy)
    assert Api(other).children(workspace.root_page_id)[0]["id"] == page["id"]
    workspace.close()
    other.close()


def test_a_file_has_one_owner_at_a_time(tmp_path: Path) -> None:
    first = _open(tmp_path / "w.db")
    with pytest.raises(DataInUseError, match="is in use by another process"):
        _open(tmp_path / "w.db")
    first.close()
    _open(tmp_path / "w.db").close()


def test_a_foreign_or_damaged_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as db:
        db.execute("CREATE TABLE mine (x)")
    db.close()
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(b"this is no database" * 100)
    for path in (foreign, garbage):
        before = path.read_bytes()
        with pytest.raises(SandboxError):
            _open(path)
        assert path.read_bytes() == before or path is foreign


def test_a_refused_request_leaves_nothing_behind(api: Api) -> None:
    _, source = api.database({"S": {"select": {}}, "N": {"number": {}}})
    before = api.ws.store.export()
    body = {
        "parent": {"data_source_id": source},
        "properties": {"S": {"select": {"name": "made"}}, "N": {"number": "wrong"}},
        "children": [paragraph("x")],
    }
    api.message("POST", "/v1/pages", body)
    assert api.ws.store.export() == before
    assert api.query(source) == []


def test_an_exception_in_a_request_leaves_nothing_behind(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    before = api.ws.store.export()

    def fail(_: Store) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "commit", fail)
        with pytest.raises(KeyboardInterrupt):
            api.page()
    assert api.ws.store.export() == before
    api.page()


def test_a_full_disk_is_503_and_saves_nothing(api: Api) -> None:
    database = api.ws.store._db
    database.execute("PRAGMA max_page_count = 1")  # as many as there are
    before = api.ws.store.export()
    body = {"parent": {"page_id": api.root}, "properties": {}, "children": [paragraph("x" * 2000)] * 20}
    answer = api("POST", "/v1/pages", body, status=503)
    assert answer["code"] == "database_connection_unavailable"
    assert api.ws.store.export() == before
    database.execute("PRAGMA max_page_count = 1000000")
    api.page("again")


def test_export_and_import_carry_a_workspace_over(api: Api) -> None:
    page = api.page("carried", children=[paragraph("x")])
    other = Workspace(rate_limit=False)
    other.control("import", api.ws.control("export"))
    carried = Api(other)
    assert (other.token, carried.root) == (api.ws.token, api.root)
    assert len(carried.children(page["id"])) == 1
    with pytest.raises(SandboxError):
        other.control("import", {"version": 99, "objects": []})


def test_reset_empties_the_workspace_but_keeps_token_and_root(api: Api) -> None:
    api.page()
    api.ws.control("faults", [{"action": "drop"}])
    token = api.ws.token
    api.ws.control("reset")
    assert api.children(api.root) == []
    assert (api.ws.token, api.ws.faults.rules) == (token, [])
    summary = api.ws.summary()
    assert (summary["requests"], summary["objects"]) == (1, 1)


def test_a_token_of_ones_own_takes_the_place_of_the_files(tmp_path: Path) -> None:
    _open(tmp_path / "w.db").close()
    workspace = Workspace(data=tmp_path / "w.db", token="my-own")
    assert workspace.token == "my-own"
    workspace.close()


def test_an_unknown_plan_is_refused() -> None:
    with pytest.raises(SandboxError, match="free, plus, business"):
        Workspace(plan="gold")  # type: ignore[arg-type]


def test_the_owner_acts_beside_the_connection(api: Api) -> None:
    page = api.page("ours")
    api.ws.control("switches", {"can_update": False})
    body = {"properties": {"title": {"title": text("theirs")}}}
    api("PATCH", f"/v1/pages/{page['id']}", body, status=403)
    changed = api("PATCH", f"/v1/pages/{page['id']}", body, authorization=f"Bearer {api.ws.owner_token}")
    assert changed["last_edited_by"]["id"] == api.ws.owner_id
