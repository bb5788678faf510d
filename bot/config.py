"""Settings: read once, from an explicit source, and frozen. All that is wrong is told at once."""

import datetime as dt
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, HttpUrl, SecretStr, ValidationError

from bot.domain.subscription import Language
from bot.errors import StartupError

SECRET = frozenset({"DISCORD_TOKEN", "DATABASE_URL"})
"""Settings whose value is never repeated in an error; a database's address may hold a password."""


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


def _zone(value: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("expected a zone's IANA name such as Asia/Seoul") from None


def _wall_time(value: object) -> dt.time:
    if isinstance(value, dt.time):
        return value
    if not re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", str(value)):
        raise ValueError("expected a time of day such as 09:00")
    hours, minutes = str(value).split(":")
    return dt.time(int(hours), int(minutes))


def _address(value: object) -> str:
    """Check that it is an http address, and keep it as it was written, less a slash at the end."""
    try:
        HttpUrl(str(value))
    except ValidationError:
        raise ValueError("expected an address that begins with http:// or https://") from None
    return str(value).rstrip("/")


Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
WallTime = Annotated[dt.time, BeforeValidator(_wall_time)]
Address = Annotated[str, BeforeValidator(_address)]


class Settings(BaseModel):
    """What an operator can set; every field is documented in `.env.example`."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    discord_token: SecretStr | None = None
    discord_api_url: Address = "https://discord.com/api/v10"
    digests_dir: Path = Path("digests")
    database_url: str = Field(
        "sqlite+aiosqlite:///data/bot.db", repr=False, pattern=r"^(sqlite\+aiosqlite|postgresql\+asyncpg)://"
    )
    archive_path: Path = Path("data/archive.db")
    delivery_time: WallTime = dt.time(9)
    timezone: Zone = ZoneInfo("Asia/Seoul")
    language: Language = Language.KOREAN
    poll_seconds: int = Field(15, ge=1, le=3600)
    requests_per_second: float = Field(48, gt=0, le=1000)
    catch_up_limit: int = Field(3, ge=1, le=10)
    http_host: str = "127.0.0.1"
    http_port: int | None = Field(None, ge=1, le=65535)
    alert_channel_id: int | None = Field(None, ge=1)
    blog_url: Address | None = None
    log_level: LogLevel = LogLevel.INFO
    log_format: LogFormat = LogFormat.TEXT

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Self:
        """Build settings from upper-case names; empty ones count as unset."""
        given = {name.lower(): value.strip() for name, value in values.items() if value.strip()}
        return cls(**{name: value for name, value in given.items() if name in cls.model_fields})  # type: ignore[arg-type]  # pydantic parses the texts


def load_settings(environ: Mapping[str, str], env_file: Path) -> Settings:
    """Read the settings from `env_file`, where there is one, and `environ`, which wins.

    Raises StartupError (exit code 2) with a line for each wrong setting: its name, what was found, what was expected.
    """
    filed = {name: value for name, value in dotenv_values(env_file).items() if value is not None}
    given = filed | {name: value for name, value in environ.items() if value.strip()}
    try:
        return Settings.of(given)
    except ValidationError as error:
        raise StartupError("\n".join(map(_complaint, error.errors())), exit_code=2) from None


def _complaint(error: Mapping[str, Any]) -> str:
    name = str(error["loc"][0]).upper()
    expected = str(error["msg"]).removeprefix("Value error, ").replace("Input should be", "expected", 1)
    if name == "DATABASE_URL":
        expected = "expected sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER@HOST/NAME"
    found = "is wrong" if name in SECRET else f"is {error['input']!r}"
    return f"{name} {found}: {expected.partition(', unable')[0]}"
