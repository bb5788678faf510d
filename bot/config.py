"""Settings: read once, from an explicit source, and frozen. All that is wrong is told at once.

No library reads them: pydantic would take a tenth of the bot's memory for these few fields.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values

from bot.domain.subscription import Language
from bot.errors import StartupError

SECRET = frozenset({"DISCORD_TOKEN", "DATABASE_URL"})
"""Settings whose value is never repeated in an error; a database's address may hold a password."""


NINE = dt.time(9)
SEOUL = ZoneInfo("Asia/Seoul")


class LogFormat(StrEnum):
    """How log lines are written."""

    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    """The least severe log lines that are written."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that no log shows, and no error."""

    value: str = field(repr=False)


def zone(text: str) -> ZoneInfo:
    """Read a time zone."""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("expected a zone's IANA name such as Asia/Seoul") from None


def wall_time(text: str) -> dt.time:
    """Read a time of day."""
    if not re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", text):
        raise ValueError("expected a time of day such as 09:00")
    hours, minutes = text.split(":")
    return dt.time(int(hours), int(minutes))


def address(text: str) -> str:
    """Check that it is an http address, and keep it as it was written, less a slash at the end."""
    complaint = ValueError("expected an address that begins with http:// or https://")
    try:
        parts = urlsplit(text)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise complaint from None
    if not is_address or re.search(r"\s", text):
        raise complaint
    return text.rstrip("/")


def database(text: str) -> str:
    """Check that it is a database that the state can be kept in; `storage` reads the rest of it."""
    if not text.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
        raise ValueError("expected sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER@HOST/NAME")
    return text


def rate(text: str) -> float:
    """Read a number of requests a second."""
    complaint = ValueError("expected a number above 0, of 1000 at most")
    try:
        number = float(text)
    except ValueError:
        raise complaint from None
    if not 0 < number <= 1000:  # neither is "nan"
        raise complaint
    return number


def whole(least: int, most: int | None = None) -> Callable[[str], int]:
    """Return a reader of whole numbers."""
    bounds = f"{least} or more" if most is None else f"from {least} to {most}"

    def read(text: str) -> int:
        if not re.fullmatch(r"[+-]?[0-9]{1,20}", text) or not least <= int(text) <= (most or int(text)):
            raise ValueError(f"expected a whole number, {bounds}")
        return int(text)

    return read


def one_of(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    """Return a reader of the names that an enumeration has."""

    def read(text: str) -> StrEnum:
        try:
            return kind(text)
        except ValueError:
            raise ValueError(f"expected {' or '.join(each.value for each in kind)}") from None

    return read


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator can set, each with what makes a value of its text; every field is documented in `.env.example`."""

    discord_token: Annotated[Secret | None, Secret] = None
    discord_api_url: Annotated[str, address] = "https://discord.com/api/v10"
    digests_dir: Annotated[Path, Path] = Path("digests")
    database_url: Annotated[str, database] = field(default="sqlite+aiosqlite:///data/bot.db", repr=False)
    archive_path: Annotated[Path, Path] = Path("data/archive.db")
    delivery_time: Annotated[dt.time, wall_time] = NINE
    timezone: Annotated[ZoneInfo, zone] = SEOUL
    language: Annotated[Language, one_of(Language)] = Language.KOREAN
    poll_seconds: Annotated[int, whole(1, 3600)] = 15
    requests_per_second: Annotated[float, rate] = 48
    catch_up_limit: Annotated[int, whole(1, 10)] = 3
    http_host: Annotated[str, str] = "127.0.0.1"
    http_port: Annotated[int | None, whole(1, 65535)] = None
    alert_channel_id: Annotated[int | None, whole(1)] = None
    blog_url: Annotated[str | None, address] = None
    log_level: Annotated[LogLevel, one_of(LogLevel)] = LogLevel.INFO
    log_format: Annotated[LogFormat, one_of(LogFormat)] = LogFormat.TEXT

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names by which an operator sets them."""
        return tuple(each.name.upper() for each in fields(cls))

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Self:
        """Build settings from upper-case names; empty ones count as unset.

        Raises StartupError (exit code 2) with a line for each wrong setting: its name, what was found, what was expected.
        """
        values: dict[str, Any] = {}
        complaints = []
        for field_name, hint in get_type_hints(cls, include_extras=True).items():
            name = field_name.upper()
            text = texts.get(name, "").strip()
            try:
                if text:
                    values[field_name] = hint.__metadata__[0](text)
            except ValueError as error:
                found = "is wrong" if name in SECRET else f"is {text!r}"
                complaints.append(f"{name} {found}: {error}")
        if complaints:
            raise StartupError("\n".join(complaints), exit_code=2)
        return cls(**values)


def load_settings(environ: Mapping[str, str], env_file: Path) -> Settings:
    """Read the settings from `env_file`, where there is one, and `environ`, which wins; StartupError as `Settings.of` raises it."""
    filed = {name: value for name, value in dotenv_values(env_file).items() if value is not None}
    return Settings.of(filed | {name: value for name, value in environ.items() if value.strip()})
