"""Options of commands: what a person typed becomes a value, or a sentence that says what to type."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.cogs.zones import zone_choices, zone_named
from bot.domain.subscription import ChannelKind
from bot.errors import UserError

_TIME = re.compile(
    r"(?P<before>오전|오후|am|pm)?\s*(?P<hour>[0-9]{1,2})\s*(?:[:시]\s*(?P<minute>[0-9]{2})?\s*분?)?\s*(?P<after>am|pm)?",
    re.IGNORECASE,
)

PLACES: dict[discord.ChannelType, ChannelKind] = {
    discord.ChannelType.text: ChannelKind.TEXT,
    discord.ChannelType.news: ChannelKind.ANNOUNCEMENT,
    discord.ChannelType.forum: ChannelKind.FORUM,
    discord.ChannelType.public_thread: ChannelKind.THREAD,
    discord.ChannelType.private_thread: ChannelKind.THREAD,
    discord.ChannelType.news_thread: ChannelKind.THREAD,
}
"""Channels that a digest can go to."""


@dataclass(frozen=True, slots=True)
class Place:
    """A channel as an interaction names it, and what the bot may do there."""

    id: int
    kind: ChannelKind
    permissions: discord.Permissions | None
    """None where Discord does not say."""


def wall_time(text: str) -> dt.time:
    """Read a time of day: `09:00`, and also `9`, `9시 30분`, `오후 9:30`, `9 pm`. Raises UserError."""
    found = _TIME.fullmatch(text.strip().replace("：", ":"))
    if found is not None:
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        half = (found["before"] or found["after"] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half in {"오후", "pm"} else 0)
        if hour < 24 and minute < 60:
            return dt.time(hour, minute)
    raise UserError("I can't read the time “{text}”. Write it as HH:MM, for example 09:00 or 21:30.", text=shown(text))


def day(text: str) -> dt.date:
    """Read a date: `2023-02-28`, and also `2023.2.28`, `20230228`, `2023년 2월 28일`. Raises UserError."""
    found = re.fullmatch(r"([0-9]{4})\s*[-./년]?\s*([0-9]{1,2})\s*[-./월]?\s*([0-9]{1,2})\s*[일.]?", text.strip())
    if found is not None:
        try:
            return dt.date(*map(int, found.groups()))
        except ValueError:
            pass  # the calendar has no such day: said below
    raise UserError("I can't read the date “{text}”. Write it as YYYY-MM-DD, for example 2023-02-28.", text=shown(text))


def shown(text: str) -> str:
    """Return what a person typed as plain text that can stand in an answer: without Markdown, at most 60 characters."""
    plain = discord.utils.escape_mentions(discord.utils.escape_markdown(" ".join(text.split())))
    return plain if len(plain) <= 60 else f"{plain[:59]}…"


def place_of(interaction: discord.Interaction[Any]) -> Place:
    """Return the channel in which a command is given. Raises UserError where a digest can't go there."""
    channel = interaction.channel
    kind = ChannelKind.TEXT if channel is None else PLACES.get(channel.type)
    if interaction.channel_id is None or kind is None:
        raise UserError("A digest can't go here. Choose a text, announcement or forum channel, or a thread.")
    return Place(interaction.channel_id, kind, interaction.app_permissions)


class PlaceOption(app_commands.Transformer):
    """A channel, taken as Discord sends it: the bot keeps no channels that it could be looked up among."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """Return the option's type."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Return what can be chosen."""
        return list(PLACES)

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Place:
        """Return the place; Discord's word on what the bot may do there is in the raw data alone."""
        if value.id == interaction.channel_id:
            return place_of(interaction)
        data: Any = interaction.data
        raw = data["resolved"]["channels"][str(value.id)].get("app_permissions")
        return Place(value.id, PLACES[value.type], None if raw is None else discord.Permissions(int(raw)))


class TimeOption(app_commands.Transformer):
    """A time of day."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> dt.time:  # noqa: ARG002
        """Read it."""
        return wall_time(value)


class DayOption(app_commands.Transformer):
    """A date."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> dt.date:  # noqa: ARG002
        """Read it."""
        return day(value)


class ZoneOption(app_commands.Transformer):
    """A time zone by its IANA name, offered by the names of its cities too."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> ZoneInfo:  # noqa: ARG002
        """Look it up."""
        zone = zone_named(value)
        if zone is None:
            raise UserError(
                "There is no time zone “{text}”. Type a city and choose from the list, for example Asia/Seoul.",
                text=shown(value),
            )
        return zone

    async def autocomplete(self, interaction: discord.Interaction[Any], value: Any, /) -> Sequence[Choice[str]]:  # type: ignore[override]  # discord.py's union of choices is invariant
        """Offer zones that fit what was typed."""
        return [
            Choice(name=name, value=key)
            for name, key in zone_choices(str(value), interaction.locale.value, discord.utils.utcnow())
        ]
