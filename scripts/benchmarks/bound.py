"""Lower bounds: what no seeder can do without, however clever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from notion_roadmap.workspace.items import Database, Workspace
from notion_roadmap.workspace.views import Widget

WINDOW_SECONDS = 60


@dataclass(frozen=True, slots=True)
class RequestsBound:
    """The least requests that a workspace can be made with.

    Args:
        rows, databases, views, widgets, root: creates, one for each.
        schemas: reads, one for each database: the answer to its create does not name its properties.
        view_lists: reads, one for each database: Notion makes a view with it that has to be found.
        late_relations: updates, one for each database that refers to a later one.
        token_and_parent: reads, one for each of the two.
    """

    rows: int
    databases: int
    views: int
    widgets: int
    root: int
    schemas: int
    view_lists: int
    late_relations: int
    token_and_parent: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.parts().values())

    def parts(self) -> Mapping[str, int]:
        """Each part by its name."""
        return {name: int(getattr(self, name)) for name in self.__slots__}


def requests_bound(workspace: Workspace) -> RequestsBound:
    """The bound for a workspace that does not exist yet."""
    widgets = sum(isinstance(v.place, Widget) for v in workspace.views)
    databases = len(workspace.databases)
    return RequestsBound(
        rows=len(workspace.rows),
        databases=databases,
        views=len(workspace.views) - widgets,
        widgets=widgets,
        root=1,
        schemas=databases,
        view_lists=databases,
        late_relations=sum(_refers_to_a_later_one(d, workspace) for d in workspace.databases),
        token_and_parent=2,
    )


def _refers_to_a_later_one(database: Database, workspace: Workspace) -> bool:
    rank = {page.key: page.rank for page in workspace.pages}
    order = sorted(workspace.databases, key=lambda d: (rank[d.page], d.rank, d.key))
    place = {d.key: number for number, d in enumerate(order)}
    targets = (p.relation.target for p in database.properties if p.relation is not None)
    return any(place[target] > place[database.key] for target in targets)


def seconds_bound(requests: int, per_minute: int, latency: float, chain: int) -> float:
    """The least seconds that so many requests can take.

    Args:
        requests: how many have to be sent.
        per_minute: how many a window of 60 seconds takes: in one burst, then the next window must be waited for.
        latency: seconds from a request to its answer.
        chain: the longest chain of requests each of which needs the answer to the one before.
    """
    windows = WINDOW_SECONDS * ((requests - 1) // per_minute)
    return max(windows + latency, chain * latency)
