"""What Discord's errors mean for a message, a destination and the bot."""

import asyncio
import json
from collections.abc import Mapping

import aiohttp
import discord

from bot.domain.delivery import Done, Gone, Refusal, Refused, Rejected, Sent, Unauthorized, Unknown

TROUBLE = (
    discord.HTTPException,
    discord.RateLimited,
    aiohttp.ClientError,
    asyncio.TimeoutError,
    OSError,
    json.JSONDecodeError,
)
"""Everything that a request can raise because of Discord, the network or what stands between."""

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
ALREADY_PUBLISHED = 40033
REFUSALS: Mapping[int, Refusal] = {
    UNKNOWN_CHANNEL: Refusal.CHANNEL_GONE,
    50001: Refusal.NO_ACCESS,
    50013: Refusal.NO_PERMISSION,
    50007: Refusal.DM_CLOSED,
    50278: Refusal.NO_MUTUAL_SERVER,
    50083: Refusal.ARCHIVED,
}
OTHER_REFUSALS = frozenset({40067, 50008, 50024, 200000, 200001})
"""400 that is the place's doing all the same: a forum that wants a tag we may not use, no room for text, or AutoMod."""
NOT_ABOUT_THE_PLACE = frozenset({0, 20026, 40002, 40333})
"""403 and 404 of something on the way (no code), or against the bot as a whole: no reason to pause anybody."""

Failure = Refused | Rejected | Unknown | Unauthorized


def judge(error: Exception) -> Failure:
    """Return what a failed request means."""
    if not isinstance(error, discord.HTTPException):
        return Unknown(f"{type(error).__name__}: {error}")
    detail = str(error)
    match error.status:
        case 401:
            return Unauthorized(detail)
        case 403 | 404 if error.code not in NOT_ABOUT_THE_PLACE:
            return Refused(REFUSALS.get(error.code, Refusal.OTHER), detail)
        case 400 if error.code in REFUSALS or error.code in OTHER_REFUSALS:
            return Refused(REFUSALS.get(error.code, Refusal.OTHER), detail)
        case 400:
            return Rejected(detail)
        case _:
            return Unknown(detail)


def judge_sending(error: Exception) -> Failure | Sent:
    """Return what a failed *Create Message* means.

    With an enforced nonce, "Unknown Message" says that an earlier attempt was posted and has been deleted since
    (discord-api-docs#6647): delivered, not to be posted again.
    """
    if isinstance(error, discord.NotFound) and error.code == UNKNOWN_MESSAGE:
        return Sent(None)
    return judge(error)


def judge_upkeep(error: Exception) -> Failure | Done | Gone:
    """Return what a failed request about a message of ours means."""
    if isinstance(error, discord.NotFound) and error.code == UNKNOWN_MESSAGE:
        return Gone()
    if isinstance(error, discord.HTTPException) and error.code == ALREADY_PUBLISHED:
        return Done()
    return judge(error)
