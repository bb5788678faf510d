"""Time zones as people look for them: by IANA name, or by a city in their language."""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel.dates import get_timezone_location

from bot.domain.text import normal

CHOICES = 25
"""Choices of an autocompletion (Discord, *Application Commands*)."""
USUAL = ("Asia/Seoul", "UTC", "America/New_York", "America/Los_Angeles", "Europe/London", "Europe/Berlin", "Asia/Tokyo")
"""Offered before anything is typed."""
_NOT_PLACES = ("Etc/", "SystemV/", "posix/", "right/", "US/")


@cache
def _zones() -> dict[str, str]:
    """Map each zone's name in lower case to the name itself."""
    return {name.lower(): name for name in sorted(available_timezones()) if name not in {"Factory", "localtime"}}


def zone_named(text: str) -> ZoneInfo | None:
    """Return the zone with that IANA name, whatever the case and with spaces for underscores."""
    name = _zones().get("_".join(text.split()).lower())
    try:
        return None if name is None else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # listed, yet not readable on this machine
        return None


def zone_choices(typed: str, language: str, now: dt.datetime) -> list[tuple[str, str]]:
    """Return at most 25 zones that fit what was typed, as pairs of what is shown and the name."""
    wanted = normal(typed).replace("_", " ").strip()
    if not wanted:
        found = list(USUAL)
    else:
        names = [(text, name) for name, text in _searched(language).items() if wanted in text]
        found = [name for _, name in sorted(names, key=lambda each: (not _begins(each[0], wanted), each[1]))]
    return [(_shown(name, language, now), name) for name in found[:CHOICES]]


def _begins(text: str, wanted: str) -> bool:
    return any(word.startswith(wanted) for word in (text, *text.split("/"), *text.split(" ")))


@cache
def _searched(language: str) -> dict[str, str]:
    return {
        name: normal(f"{name.replace('_', ' ')} {_city(name, language)}")
        for name in _zones().values()
        if ("/" in name and not name.startswith(_NOT_PLACES)) or name == "UTC"
    }


def _city(name: str, language: str) -> str:
    return get_timezone_location(name, locale="ko" if language.startswith("ko") else "en", return_city=True)


def _shown(name: str, language: str, now: dt.datetime) -> str:
    offset = now.astimezone(ZoneInfo(name)).strftime("%z")
    return f"{name} ({_city(name, language)}, UTC{offset[:3]}:{offset[3:5]})"[:100]
