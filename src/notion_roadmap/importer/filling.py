"""What stands below a task: its fields, its steps, a sentence about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from notion_roadmap.importer.aliases import Aliases
from notion_roadmap.importer.document import Block, Item, Listing, Paragraph
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.fields import Fields, fits
from notion_roadmap.importer.labels import Label, bare_label, label_of
from notion_roadmap.importer.marks import read_marks
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import unmarked

MAX_STEPS_DEEP = 8
"""Steps within steps that are kept as such; what stands deeper is kept as it is written."""

MAX_DESCRIPTION = 600
"""Characters of a paragraph that is taken for the description of a task; a longer one is a note."""

Put = Callable[[Data, str, str, Iterable[int], Sequence[str]], None]
"""Puts a labelled line (label, text, lines, entries of its list) where it belongs."""


class Filling:
    """Fills tasks with what stands below them and books the lines.

    Args:
        fields: puts labelled lines where they belong.
    """

    def __init__(self, draft: Draft, aliases: Aliases, fields: Fields) -> None:
        self._ledger = draft.ledger
        self._aliases = aliases
        self.fields = fields

    def own_box(self, task: Data, section: Section) -> Block | None:
        """The only box below the heading of a task says whether it is done, and in a sentence what is to be done."""
        boxes = [block for block in section.blocks if isinstance(block, Listing) and _boxes(block)]
        if len(boxes) != 1 or len(_boxes(boxes[0])) != 1 or boxes[0].items[0].checked is None:
            return None
        box = boxes[0].items[0]
        label = label_of(box.text)
        if label is None or self._aliases.task_field(label.label) != "description":
            return None
        if box.checked:
            task["completed"] = True
        self.fields.put(task, label.label, label.rest, box.own_span)
        self.below(task, box.blocks)
        self.entries(task, boxes[0].items[1:])
        return boxes[0]

    def below(self, task: Data, blocks: Sequence[Block], *, strict: bool = False) -> None:
        """What stands below a task: its labelled lines, its steps, a sentence about it.

        Args:
            strict: whether entries are labelled lines only where one of their labels is known.
        """
        for place, block in enumerate(blocks):
            if isinstance(block, Listing):
                self.entries(task, block.items, strict=strict)
            elif isinstance(block, Paragraph) and not self._ledger.is_booked(block.first):
                after = blocks[place + 1] if place + 1 < len(blocks) else None
                self._paragraph(task, block, after if isinstance(after, Listing) else None)

    def entries(self, task: Data, items: Sequence[Item], *, strict: bool = False) -> None:
        """The entries below a task: those with a label are its fields, all others its steps."""
        labels = [label_of(item.text) if item.checked is None else None for item in items]
        told = not strict or any(label and self._aliases.is_known(label.label) for label in labels)
        for item, label in zip(items, labels, strict=True):
            if self._ledger.is_booked(item.first):
                continue
            if label and told and (label.strong or self._aliases.is_known(label.label)):
                self.labelled(task, label, item)
            else:
                self._step(task, item)

    def labelled(self, owner: Data, label: Label, item: Item, put: Put | None = None) -> None:
        """An entry with a label, perhaps over a list of its own.

        Args:
            put: what puts it into its owner; by default into the fields of a task.
        """
        lines = list(item.own_span)
        inner = [below for below in item.items if below.text]
        simple = [below for below in inner if not below.blocks and fits(unmarked(below.text))]
        items = [unmarked(below.text) for below in simple] if len(simple) == len(inner) else []
        if items:
            lines += [line for below in simple for line in below.own_span]
        (put or self.fields.put)(owner, label.label, unmarked(label.rest), lines, items)

    def _step(self, task: Data, item: Item) -> None:
        step = self.step(item, task)
        if step is not None:
            task.setdefault("steps", []).append(step)

    def step(self, item: Item, owner: Data, deep: int = 1) -> Data | str | None:
        """An entry as a step, with the steps within it."""
        marked = read_marks(unmarked(item.text))
        text = marked.text or marked.sign
        if not fits(text):
            return None
        self._ledger.content(item.own_span, owner, "steps")
        inner: list[Data | str] = []
        if deep < MAX_STEPS_DEEP:
            inner = [step for below in item.items if (step := self.step(below, owner, deep + 1)) is not None]
        done = bool(item.checked) or (item.checked is None and marked.done)
        if not done and not inner:
            return text
        return {"text": text} | ({"done": True} if done else {}) | ({"steps": inner} if inner else {})

    def _paragraph(self, task: Data, paragraph: Paragraph, after: Listing | None) -> None:
        labels = labelled_lines(paragraph, self._aliases)
        if labels:
            for place, (label, text, lines) in enumerate(labels):
                if not text and place == len(labels) - 1 and after is not None:
                    self._over_list(task, label, lines, after)
                else:
                    self.fields.put(task, label, text, lines)
            return
        text = unmarked(paragraph.text)
        if "description" not in task and len(text) <= MAX_DESCRIPTION and fits(text):
            task["description"] = text
            self._ledger.field(paragraph.span, task, "description")

    def _over_list(self, task: Data, label: str, lines: list[int], listing: Listing) -> None:
        items, more = flat(listing)
        if items is None:
            self.fields.put(task, label, "", [])
        else:
            self.fields.put(task, label, "", [*lines, *more], items)

    def within(self, task: Data, section: Section) -> None:
        """A section within a task: a field where its heading is a label, steps where it holds a list."""
        head = list(section.heading.span) if section.heading else []
        label = bare_label(section.title)
        lists = section.of_type(Listing)
        if len(lists) == 1 and not section.sections:
            items, lines = flat(lists[0])
            if items is not None and self._aliases.is_known(label) and not _boxes(lists[0]):
                self.fields.put(task, label, "", [*head, *lines], items)
                return
        if lists and fits(unmarked(section.title)):
            steps = [step for listing in lists for item in listing.items if (step := self.step(item, task)) is not None]
            if steps:
                self._ledger.content(head, task, "steps")
                task.setdefault("steps", []).append({"text": unmarked(section.title), "steps": steps})
        for inner in section.sections:
            self.within(task, inner)


def _boxes(listing: Listing) -> list[Item]:
    return [item for item in listing.items if item.checked is not None]


def flat(listing: Listing) -> tuple[list[str] | None, list[int]]:
    """The entries of a list without anything below them, and their lines; None where the list holds more."""
    if not all(item.text and not item.blocks and fits(unmarked(item.text)) for item in listing.items):
        return None, []
    lines = [line for item in listing.items for line in item.own_span]
    return [unmarked(item.text) for item in listing.items], lines


def labelled_lines(paragraph: Paragraph, aliases: Aliases) -> list[tuple[str, str, list[int]]]:
    """The labelled lines of a paragraph: label, text and lines of each; none where it begins otherwise."""
    found: list[tuple[str, str, list[int]]] = []
    for number, line in paragraph.lines:
        text = line.rstrip("\\").strip()
        label = label_of(text)
        if label and (label.strong or aliases.is_known(label.label)):
            found.append((label.label, unmarked(label.rest), [number]))
        elif found:
            before = found[-1]
            found[-1] = (before[0], f"{before[1]}\n{unmarked(text)}".strip(), [*before[2], number])
        else:
            return []
    return found
