"""Forums: a delivery is a thread there, found again by what its first message shows."""

import datetime as dt
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

import discord
from discord.http import HTTPClient, Route

from bot.chat.history import MARGIN, shows
from bot.chat.traffic import SINGLE, Single
from bot.domain.delivery import Absent, Found
from bot.domain.post import Post, Thread
from bot.domain.topics import Topics

Payload = dict[str, Any]

MOST_TAGS = 5
"""Tags of a thread (Channel Object, `applied_tags`)."""
REQUIRE_TAG = 1 << 4
"""Flag of a forum whose threads need a tag (Channel Flags)."""


async def open_thread(http: HTTPClient, forum_id: int, thread: Thread, post: Post) -> Payload:
    """Open a thread with `post` and return it; raises what a request raises."""
    forum = await http.request(Route("GET", "/channels/{channel_id}", channel_id=forum_id))
    body: Payload = {"name": thread.title, "message": post.payload()}
    tags = tags_for(forum, thread.subjects)
    if tags:
        body["applied_tags"] = tags
    before = SINGLE.set(Single())
    try:
        opened: Payload = await http.request(
            Route("POST", "/channels/{channel_id}/threads", channel_id=forum_id), json=body
        )
    finally:
        SINGLE.reset(before)
    return opened


def tags_for(forum: Payload, subjects: Sequence[str]) -> list[str]:
    """Return the ids of the tags that fit, those of most papers first; any tag where the forum insists on one.

    Moderated tags are left out: only those who manage threads may use them.
    """
    usable = [tag for tag in forum.get("available_tags", ()) if not tag.get("moderated")]
    fits = {tag["id"]: _count(tag["name"], subjects) for tag in usable}
    chosen = sorted((tag for tag in fits if fits[tag]), key=lambda tag: -fits[tag])[:MOST_TAGS]
    if not chosen and usable and forum.get("flags", 0) & REQUIRE_TAG:
        return [usable[0]["id"]]
    return chosen


def _count(name: str, subjects: Iterable[str]) -> int:
    quoted = Topics.parse('"' + name.replace('"', " ") + '"')
    return sum(bool(quoted.alternatives) and quoted.matches(subject, "") for subject in subjects)


async def find_thread(
    http: HTTPClient, forum_id: int, guild_id: int, thread: Thread, post: Post, since: dt.datetime, author_id: int
) -> Found | Absent:
    """Look for the thread that `author_id` opened with `post` from `since` on; raises what a request raises."""
    after = discord.utils.time_snowflake(since - MARGIN, high=True)
    async for found in _threads(http, forum_id, guild_id):
        is_candidate = int(found["id"]) > after and int(found.get("owner_id") or 0) == author_id
        if is_candidate and await _begins_with(http, found, thread, post, author_id):
            return Found(int(found["id"]), int(found["id"]))
    return Absent()


async def _threads(http: HTTPClient, forum_id: int, guild_id: int) -> AsyncIterator[Payload]:
    """Yield a forum's threads: the active ones, then the latest that were archived meanwhile."""
    active = await http.request(Route("GET", "/guilds/{guild_id}/threads/active", guild_id=guild_id))
    for thread in active["threads"]:
        if str(thread["parent_id"]) == str(forum_id):
            yield thread
    archived = Route("GET", "/channels/{channel_id}/threads/archived/public", channel_id=forum_id)
    try:
        for thread in (await http.request(archived))["threads"]:
            yield thread
    except discord.Forbidden:
        return  # they need Read Message History; a fresh thread is seldom among them


async def _begins_with(http: HTTPClient, found: Payload, thread: Thread, post: Post, author_id: int) -> bool:
    """Compare the first message; where it may not be read or is gone, the name must do."""
    first = Route("GET", "/channels/{channel_id}/messages/{message_id}", channel_id=found["id"], message_id=found["id"])
    try:
        return shows(await http.request(first), post, author_id)
    except (discord.Forbidden, discord.NotFound):
        return bool(found["name"] == thread.title)
