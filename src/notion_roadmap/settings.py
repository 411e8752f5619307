"""Settings: from the environment and `.env`, read once, passed on as one frozen value.

Under each field its unit, what None means, and why this default. `.env.example` is made of the same list, and a test
keeps both in step with the documentation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import tzlocal
from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from notion_roadmap.errors import SettingInvalid

_UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", re.IGNORECASE)
NOTION_API = "https://api.notion.com"


class Settings(BaseModel):
    """What an owner sets. Every field is an environment variable of the same name in capitals."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    notion_token: SecretStr | None = None
    """The connection's secret. None: the embedded local workspace is used, so that everything can be tried first.
    Spaces, quotes and line ends around it are dropped: they come with copying."""

    notion_parent_page: str | None = None
    """The page that the roadmap is put on: an id, or the page's URL. None: the embedded workspace's own root page."""

    notion_base_url: str = NOTION_API
    """Where Notion's API is, without `/v1`. The default is Notion; a served sandbox has another."""

    notion_requests_per_minute: int = Field(default=180, ge=1, le=6_000)
    """Requests per minute. 180 is what every plan allows; Business and Enterprise allow 600.
    https://developers.notion.com/reference/request-limits"""

    roadmap_state: Path | None = None
    """The file of the local state. None: `state.sqlite` in the user's data folder, one for Notion and one for the
    embedded workspace."""

    roadmap_timezone: ZoneInfo = Field(default_factory=lambda: ZoneInfo(tzlocal.get_localzone_name()))
    """The owner's time zone, an IANA name. Default: the machine's. Days, weeks and streaks turn at its midnight."""

    roadmap_start: date | None = None
    """The first day of the roadmap, YYYY-MM-DD. None: the next Monday."""

    roadmap_weekly_hours: float = Field(default=40, gt=0, le=168)
    """Hours a week that go into the roadmap. 40: a full working week; the plan says what end date follows."""

    roadmap_workdays: frozenset[int] = frozenset(range(7))
    """Weekdays on which something is done, 0 for Monday; written `mon-fri` or `mon,wed,sat`. Default: every day, as the
    documents count. What a document counts in days then counts these alone, and work is laid on them."""

    roadmap_holidays: str | None = None
    """Whose public holidays are free: a country's ISO code, with a part of it where they differ (`DE`, `DE-BY`); `none`
    to forget what was set before. None: no holidays."""

    roadmap_sync_minutes: float = Field(default=1.5, ge=0.5, le=720)
    """Minutes between two syncs of the service while you are at it; it waits longer the longer nothing happens, up to
    90. 1.5: what you tick shows in the numbers within two minutes."""

    roadmap_night: time = time(3, 30)
    """Local time of the service's full sync and backup, HH:MM. 03:30: after midnight everywhere, before anyone is
    up."""

    roadmap_backup_folder: Path | None = None
    """Where backups are put, each in a dated folder of its own. None: `backups` beside the state."""

    roadmap_backup_keep: int = Field(default=7, ge=0, le=1_000)
    """How many nightly backups of a roadmap the service keeps; 0: it makes none. 7: a week in which something was
    done every day. Backups that you make yourself are never removed."""

    roadmap_health_port: int | None = Field(default=None, ge=1, le=65_535)
    """The port on this machine's loopback at which the service answers /healthz. None: it listens nowhere; the health
    file is written all the same."""

    roadmap_now: datetime | None = None
    """A calendar that stands still at this moment, ISO 8601, for demonstrations and tests. None: the machine's
    clock."""

    @field_validator("notion_token", mode="before")
    @classmethod
    def _strip_token(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        token = value.strip().strip("\"'").strip()
        if re.search(r"[\s\x00-\x20\x7f-\U0010ffff]", token):
            raise ValueError("holds characters that no token has (a space, a line end, a letter outside ASCII)")
        return token or None

    @field_validator("notion_parent_page", mode="before")
    @classmethod
    def _page_id(cls, value: object) -> object:
        if not isinstance(value, str) or not value.strip():
            return None
        found = _UUID.findall(value.partition("?")[0].partition("#")[0])
        if not found:
            raise ValueError("is neither a page's id nor its URL: 32 hexadecimal digits are missing")
        digits = found[-1].replace("-", "").lower()
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    @field_validator("notion_base_url")
    @classmethod
    def _no_version(cls, value: str) -> str:
        url = value.strip().rstrip("/").removesuffix("/v1")
        if not re.match(r"https?://[^/\s]+", url):
            raise ValueError("is not a URL that begins with http:// or https://")
        return url

    @field_validator("roadmap_timezone", mode="before")
    @classmethod
    def _zone(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return ZoneInfo(value.strip())
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"{value!r} is not an IANA time zone such as Europe/Amsterdam") from error

    @field_validator("roadmap_now")
    @classmethod
    def _aware(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("has no time zone; write it like 2026-11-20T09:00:00Z")
        return value

    @field_validator("roadmap_workdays", mode="before")
    @classmethod
    def _weekdays(cls, value: object) -> object:
        return weekdays_of(value) if isinstance(value, str) else value

    @field_validator("roadmap_holidays", mode="before")
    @classmethod
    def _place_of_holidays(cls, value: object) -> object:
        if not isinstance(value, str) or value.strip().casefold() == "none":
            return "" if isinstance(value, str) else value
        from holidays import list_supported_countries

        code = value.strip().upper()
        country, _, part = code.partition("-")
        known = list_supported_countries()
        if country not in known:
            raise ValueError(f"{value!r} is not a country's ISO code such as DE, nor `none`")
        if part and part not in known[country]:
            raise ValueError(f"{country} has no part {part!r}; it has {', '.join(known[country]) or 'none'}")
        return code

    @field_validator("roadmap_night", mode="before")
    @classmethod
    def _time_of_day(cls, value: object) -> object:
        if isinstance(value, str) and not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
            raise ValueError("is not a time of day such as 03:30")  # pydantic takes a bare number for seconds
        return value.rjust(5, "0") if isinstance(value, str) else value

    @property
    def stale_after(self) -> timedelta:
        """How old the last sync may be: two hours, or twice the time between two syncs where that is longer."""
        return max(timedelta(hours=2), 2 * timedelta(minutes=self.roadmap_sync_minutes))

    @property
    def embedded(self) -> bool:
        """Whether no token was ever set, so that the embedded workspace is meant."""
        return self.notion_token is None


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekdays_of(words: str) -> frozenset[int]:
    """Weekdays, 0 for Monday, of words such as `mon-fri`, `sun-thu` or `mon,wed,sat`. Raises ValueError."""
    found: set[int] = set()
    for part in words.casefold().split(","):
        first, dash, last = (name.strip()[:3] for name in part.partition("-"))
        if first not in _WEEKDAYS or (dash and last not in _WEEKDAYS):
            raise ValueError(f"{words!r} does not name weekdays, like mon-fri or mon,wed,sat")
        begin = _WEEKDAYS.index(first)
        count = (_WEEKDAYS.index(last) - begin) % 7 if dash else 0
        found |= {(begin + place) % 7 for place in range(count + 1)}
    return frozenset(found)


_FORMS = {
    "NOTION_REQUESTS_PER_MINUTE": "a whole number from 1 to 6000",
    "ROADMAP_START": "a date such as 2026-11-23",
    "ROADMAP_WEEKLY_HOURS": "a number of hours above 0, 168 at most",
    "ROADMAP_SYNC_MINUTES": "a number of minutes from 0.5 to 720",
    "ROADMAP_BACKUP_KEEP": "a whole number from 0 to 1000",
    "ROADMAP_HEALTH_PORT": "a whole number from 1 to 65535",
    "ROADMAP_NOW": "a moment such as 2026-11-20T09:00:00Z",
}
"""What a setting has to be, where its type says so and no rule of its own does."""

SETTING_NAMES = tuple(name.upper() for name in Settings.model_fields)
"""The environment variables, in the order in which the documentation has them."""


def load_settings(environment: Mapping[str, str], env_file: Path | None = None, **overrides: object) -> Settings:
    """Settings from the environment, over those of `env_file`, below `overrides` (options of a command).

    An empty value counts as not set. Raises SettingInvalid with the name and what is wrong; never shows a token.
    """
    if env_file is not None and env_file.is_dir():
        raise SettingInvalid(str(env_file), "is a folder, not a settings file", hint="Name the file with --env-file")
    try:
        from_file = dotenv_values(env_file, interpolate=False) if env_file and env_file.exists() else {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingInvalid(str(env_file), "cannot be read", hint="Save it as UTF-8 text, readable by you") from error
    merged = {**from_file, **environment}
    values: dict[str, object] = {n.lower(): v for n in SETTING_NAMES if (v := (merged.get(n) or "").strip())}
    values.update({name: value for name, value in overrides.items() if value is not None})
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = str(first["loc"][0]).upper()
        problem = str(first["msg"]).removeprefix("Value error, ")
        raise SettingInvalid(
            name,
            problem if first["type"] == "value_error" else f"is not {_FORMS[name]}",
            hint=f"Mend {name} in .env or in the environment",
        ) from None
