"""Look in a channel's history for a message of ours."""

import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import discord
from discord.http import HTTPClient, Route

from bot.domain.delivery import Absent, Found, Unreadable
from bot.domain.post import Post

Message = dict[str, Any]

MARGIN = dt.timedelta(seconds=60)
"""How far Discord's clock, which numbers the messages, may be behind ours."""
PAGE = 100
"""Messages in one answer at most (Get Channel Messages)."""


async def look_back(
    http: HTTPClient, channel_id: int, post: Post, since: dt.datetime, author_id: int
) -> Found | Absent | Unreadable:
    """Look for `post` by `author_id` among what was posted from `since` on; raises what a request raises."""
    after = discord.utils.time_snowflake(since - MARGIN, high=True)
    is_readable = False
    async for message in _messages(http, channel_id, after):
        is_readable = True
        if shows(message, post, author_id):
            return Found(int(message["id"]))
    if is_readable or await http.logs_from(channel_id, 1):
        return Absent()
    return await _without_history(http, channel_id, after)


def shows(message: Message, post: Post, author_id: int) -> bool:
    """Tell whether a message is `post` as the bot delivered it.

    The control's id tells, which stays through corrections of the digest; without a control the footer. An answer to a command can look
    the same, but came by webhook.
    """
    if int(message["author"]["id"]) != author_id or message.get("webhook_id") is not None:
        return False
    if post.menu is not None:
        return post.menu.custom_id in _custom_ids(message)
    footers = [embed.get("footer", {}).get("text") for embed in message["embeds"]]
    return bool(post.mark) and bool(footers) and bool(footers[-1] == post.mark)


def _custom_ids(message: Message) -> list[str]:
    rows = message.get("components", ())
    return [component.get("custom_id", "") for row in rows for component in row.get("components", ())]


async def _messages(http: HTTPClient, channel_id: int, after: int) -> AsyncIterator[Message]:
    """Yield what follows `after`, page by page; within a page newest first, as Discord answers."""
    while True:
        page: list[Message] = [dict(message) for message in await http.logs_from(channel_id, PAGE, after=after)]
        for message in page:
            yield message
        if len(page) < PAGE:
            return
        after = max(int(message["id"]) for message in page)


async def _without_history(http: HTTPClient, channel_id: int, after: int) -> Absent | Unreadable:
    """Judge an empty history: without Read Message History Discord answers an empty list, and no error."""
    route = Route("GET", "/channels/{channel_id}", channel_id=channel_id)
    channel = await http.request(route)
    newest = channel.get("last_message_id")
    if newest is None or int(newest) <= after:
        return Absent()
    return Unreadable("the bot lacks Read Message History there")
