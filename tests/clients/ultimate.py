"""Everything that ultimate-notion offers for a workspace, against a served sandbox.

Run by the Python that has it (see scripts/clients), with the sandbox's address and root page as arguments and the
token in NOTION_TOKEN; prints "done" when all holds. It parses every
answer, and refuses what is not as it expects.
"""

from __future__ import annotations

import datetime as dt
import io
import sys

import ultimate_notion as uno
from ultimate_notion.obj_api.enums import AggFunc

ADDRESS, ROOT = sys.argv[1:3]


class Task(uno.Schema, db_title="Tasks"):
    """Everything that hangs together"""

    name = uno.PropType.Title("Name")
    note = uno.PropType.Text("Note")
    hours = uno.PropType.Number("Hours", format=uno.NumberFormat.NUMBER)
    done = uno.PropType.Checkbox("Done")
    due = uno.PropType.Date("Due")
    kind = uno.PropType.Select("Kind", options=[uno.Option("Work", color=uno.Color.RED), uno.Option("Play")])
    tags = uno.PropType.MultiSelect("Tags", options=[uno.Option("a"), uno.Option("b"), uno.Option("c")])
    link = uno.PropType.URL("Link")
    mail = uno.PropType.Email("Mail")
    phone = uno.PropType.Phone("Phone")
    files = uno.PropType.Files("Files")
    who = uno.PropType.Person("Who")
    number = uno.PropType.ID("No", prefix="T")
    made = uno.PropType.CreatedTime("Made")
    maker = uno.PropType.CreatedBy("Maker")
    changed = uno.PropType.LastEditedTime("Changed")
    changer = uno.PropType.LastEditedBy("Changer")
    twice = uno.PropType.Formula("Twice", formula='prop("Hours") * 2')
    before = uno.PropType.Relation("Before", schema=uno.SelfRef)
    project = uno.PropType.Relation("Project")


class Project(uno.Schema, db_title="Projects"):
    name = uno.PropType.Title("Name")
    tasks = uno.PropType.Relation("Tasks", schema=Task, two_way_prop=Task.project)
    effort = uno.PropType.Rollup("Effort", relation=tasks, rollup=Task.hours, calculate=AggFunc.SUM)


def schema_pages_relations(root: uno.Page, session: uno.Session) -> tuple[uno.DataSource, uno.DataSource]:
    tasks = session.create_ds(parent=root, schema=Task)
    projects = session.create_ds(parent=root, schema=Project)
    assert tasks.title == "Tasks"
    assert str(tasks.description) == "Everything that hangs together"
    owner = next(user for user in session.all_users() if user.is_person)
    when = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
    made = [
        tasks.create_page(
            name=f"Task {n}", note=uno.text("bold", bold=True) + " and plain", hours=n, done=n % 2 == 0, due=when,
            kind="Work" if n < 3 else "Play", tags=["a", "b"][: n % 3], link="https://example.com",
            mail="a@example.com", phone="1", who=[owner],
        )
        for n in range(5)
    ]  # fmt: skip
    project = projects.create_page(name="All", tasks=made)
    assert project.props.effort == 10
    assert [page.title for page in made[0].reload().props.project] == ["All"]
    made[1].props.before = made[:1]
    made[1].props.hours = 7
    made[1].props.kind = None
    assert project.reload().props.effort == 16
    assert made[1].reload().props.twice == 14
    assert made[1].props.before[0] == made[0]
    assert made[1].props.kind is None
    assert str(made[2].props.number) == "T-3"
    assert made[2].props.maker == session.whoami()
    return tasks, projects


def queries(tasks: uno.DataSource) -> None:
    def names(condition: uno.Condition) -> list[str]:
        return [str(page.title) for page in tasks.query.filter(condition).sort(uno.prop("Name")).execute().to_pages()]

    everything = [f"Task {n}" for n in range(5)]
    assert names(uno.prop("Name").contains("task")) == everything
    assert names(uno.prop("Name").ends_with("3")) == everything[3:4]
    assert names((uno.prop("Hours") >= 3) & (uno.prop("Hours") < 5)) == everything[3:]
    assert names((uno.prop("Kind") == "Work") | (uno.prop("Kind") == "Play")) == [everything[n] for n in (0, 2, 3, 4)]
    assert names(uno.prop("Kind").is_empty()) == everything[1:2]
    assert names(uno.prop("Tags").contains("b")) == everything[2:3]
    assert names(uno.prop("Done") == True) == everything[::2]  # noqa: E712 - a condition, no comparison
    assert names(uno.prop("Due") <= dt.date(2026, 11, 21)) == everything
    assert names(uno.prop("Before").is_not_empty()) == everything[1:2]
    assert names(uno.prop("No") > 4) == everything[4:]
    assert names(uno.prop("Files").is_empty()) == everything
    found = tasks.query.sort(uno.prop("Hours").desc()).execute()
    assert [page.props.hours for page in found.to_pages()] == [7, 4, 3, 2, 0]
    assert len(tasks.get_all_pages()) == 5


def content(root: uno.Page, session: uno.Session) -> None:
    page = session.create_page(parent=root, title="Everything")
    page.icon, page.cover = "🎯", uno.url("https://example.com/cover.png")
    upload = session.upload(io.BytesIO(b"hello"), file_name="hello.txt", mime_type="text/plain")
    plain = [
        uno.Heading1("One"), uno.Heading2("Two", toggleable=True), uno.Heading3("Three"), uno.Heading4("Four"),
        uno.Paragraph("words"), uno.Quote("quoted"), uno.Callout("called", icon="💡"), uno.BulletedItem("a"),
        uno.NumberedItem("1"), uno.ToDoItem("do", checked=True), uno.ToggleItem("more"), uno.Divider(),
        uno.TableOfContents(), uno.Breadcrumb(), uno.Equation("x^2"), uno.Code("print()", language=uno.CodeLang.PYTHON),
        uno.Bookmark("https://example.com"), uno.Embed("https://example.com"), uno.LinkToPage(root),
        uno.Image(uno.url("https://example.com/a.png")), uno.Video(uno.url("https://example.com/a.mp4")),
        uno.Audio(uno.url("https://example.com/a.mp3")), uno.PDF(uno.url("https://example.com/a.pdf")),
        uno.File(upload), uno.Columns(2), uno.Table(2, 3, header_row=True), uno.Tabs(["first", "second"]),
        uno.SyncedBlock([uno.Paragraph("shared")]),
    ]  # fmt: skip
    page.append(plain)
    copy = page.children[-1].create_synced()
    page.append(copy)
    assert copy.is_synced
    assert [type(block) for block in page.reload().children[:-1]] == [type(one) for one in plain]
    toggle, columns, table = (page.children[n] for n in (10, 24, 25))
    toggle.append([uno.Paragraph("inside"), uno.BulletedItem("inside too")])
    toggle.insert_after(uno.Paragraph("after"))
    columns.add_column()
    columns[0].append(uno.Paragraph("left"))
    table[0, 1] = "cell"
    table.append_row(["x", "y", "z"])
    assert table.reload().shape == (3, 3)
    assert str(table[0, 1]) == "cell"
    page.children[4].delete()
    page.children[0].rich_text = "Changed"
    assert "# Changed" in page.reload().to_markdown()
    page.comments.append("first")
    assert len(page.comments) == 1
    assert str(page.comments[0].text) == "first"
    page.is_locked = True
    assert page.reload().is_locked
    page.is_locked = False
    assert page.delete().is_deleted
    assert not page.restore().is_deleted


def changes(root: uno.Page, tasks: uno.DataSource, session: uno.Session) -> None:
    tasks.title = "Renamed"
    tasks.description = "Other words"
    schema = tasks.schema
    schema["Note"].name = "Notes"
    schema["Extra"] = uno.PropType.Number()
    schema["Kind"].options = [*schema["Kind"].options, uno.Option("Third", color=uno.Color.BLUE)]
    del schema["Phone"]
    reread = session.get_ds(tasks.id, use_cache=False)
    assert {"Notes", "Extra"} <= set(reread.schema.to_dict())
    assert "Phone" not in reread.schema.to_dict()
    database = session.get_db(tasks.database_id)
    second = database.create_ds(title="Second")
    assert [str(one.title) for one in database.reload().data_sources] == ["Renamed", "Second"]
    database.delete_ds(second)
    database.is_inline = True
    assert database.delete().is_deleted
    assert not database.restore().is_deleted
    assert session.search_ds("Renamed").item() == tasks
    assert session.search_page("Everything")
    assert root.subpages[0].title == "Everything"
    assert len(root.sub_dss) == 2


def main() -> None:
    with uno.Session(base_url=ADDRESS) as session:
        assert session.whoami().is_bot
        root = session.get_page(ROOT)
        tasks, _ = schema_pages_relations(root, session)
        queries(tasks)
        content(root, session)
        changes(root, tasks, session)
    print("done")


main()
