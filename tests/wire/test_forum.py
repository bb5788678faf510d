"""A delivery to a forum opens one thread, tagged where the forum's tags fit, and finds it again."""

import datetime as dt
from typing import Any

import pytest

from bot.domain.delivery import Absent, Found, Refusal, Refused, Rejected, Sent, Unauthorized, Unknown
from bot.domain.post import Thread
from tests.wire.conftest import Connect
from tests.wire.posts import post
from tests.wire.standin import FORUM, StandIn
from tests.wire.test_messenger import messenger, now

THREAD = Thread(
    "Daily digest · 28 Feb 2023", ("Vision SpikeGPT: a spiking language model", "Speech Whisper less", "Vision Boats")
)


def tag(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, **more}


async def test_a_thread_is_opened_with_its_first_message(discord: StandIn, log_in: Connect) -> None:
    forum = await discord.channel(await discord.guild(), kind=FORUM)
    async with log_in() as bot:
        outcome = await messenger(bot).open_thread(forum, THREAD, post())

    [thread] = await discord.threads(forum)
    [message] = await discord.messages(int(thread["id"]))
    assert outcome == Sent(int(message["id"]), int(thread["id"]))
    assert thread["name"] == THREAD.title
    assert message["embeds"] == [post().embeds[0].payload()]


async def test_what_follows_goes_into_the_thread(discord: StandIn, log_in: Connect) -> None:
    forum = await discord.channel(await discord.guild(), kind=FORUM)
    async with log_in() as bot:
        opened = await messenger(bot).open_thread(forum, THREAD, post())
        assert isinstance(opened, Sent)

        outcome = await messenger(bot).send(opened.channel_id or 0, post(part=2), "nonce-2")

    assert isinstance(outcome, Sent)
    assert len(await discord.messages(opened.channel_id or 0)) == 2


@pytest.mark.parametrize(
    ("tags", "flags", "expected"),
    [
        ([tag("speech"), tag("Vision"), tag("robots")], 0, ["Vision", "speech"]),
        ([tag("robots")], 0, []),
        ([tag("mod", moderated=True), tag("robots"), tag("news")], 1 << 4, ["robots"]),
        ([tag("Vision", moderated=True)], 0, []),
        ([tag(word) for word in ("vision", "speech", "model", "language", "boats", "spiking", "a")], 0, None),
        ([tag('"'), tag("-vision")], 0, ["-vision"]),
    ],
    ids=["fitting, most papers first", "none fits", "one is required", "moderated", "five at most", "odd names"],
)
async def test_tags_are_those_that_fit(
    discord: StandIn, log_in: Connect, tags: list[dict[str, Any]], flags: int, expected: list[str] | None
) -> None:
    forum = await discord.channel(await discord.guild(), kind=FORUM, tags=tags, flags=flags)
    await discord.deny(forum, "MANAGE_THREADS")
    async with log_in() as bot:
        outcome = await messenger(bot).open_thread(forum, THREAD, post())

    [thread] = await discord.threads(forum)
    names = await discord.tag_names(forum)
    applied = [names[number] for number in thread["applied_tags"]]
    assert isinstance(outcome, Sent)
    assert applied == expected if expected is not None else len(applied) == 5


async def test_a_forum_whose_tags_are_all_reserved_refuses(discord: StandIn, log_in: Connect) -> None:
    forum = await discord.channel(await discord.guild(), kind=FORUM, tags=[tag("mod", moderated=True)], flags=1 << 4)
    async with log_in() as bot:
        outcome = await messenger(bot).open_thread(forum, THREAD, post())

    assert isinstance(outcome, Refused)
    assert outcome.refusal is Refusal.OTHER


async def test_a_forum_can_refuse_find_a_post_invalid_and_the_token_too(discord: StandIn, log_in: Connect) -> None:
    forum = await discord.channel(await discord.guild(), kind=FORUM)
    async with log_in() as bot:
        courier = messenger(bot)
        rejected = await courier.open_thread(forum, THREAD, post(description="x" * 4097))
        await discord.deny(forum, "SEND_MESSAGES")
        refused = await courier.open_thread(forum, THREAD, post())
        await discord.set(token="another")
        unauthorized = await courier.open_thread(forum, THREAD, post())

    assert isinstance(rejected, Rejected)
    assert isinstance(refused, Refused)
    assert refused.refusal is Refusal.NO_PERMISSION
    assert isinstance(unauthorized, Unauthorized)
    assert await discord.threads(forum) == []


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_thread_that_may_have_been_opened_is_not_opened_again(
    discord: StandIn, log_in: Connect, status: int
) -> None:
    """discord.py repeats after a 500 or 502 by itself, and no nonce would keep Discord from opening another thread."""
    forum = await discord.channel(await discord.guild(), kind=FORUM)
    async with log_in() as bot:
        await discord.fault(rf"/channels/{forum}/threads", "status", status=status, when="after")

        outcome = await messenger(bot).open_thread(forum, THREAD, post())

    assert isinstance(outcome, Unknown)
    assert len(await discord.threads(forum)) == 1


async def test_a_thread_that_came_too_early_is_opened_later(discord: StandIn, log_in: Connect) -> None:
    forum = await discord.channel(await discord.guild(), kind=FORUM)
    headers = {"Retry-After": "0.2", "Via": "1.1 google"}
    async with log_in() as bot:
        await discord.fault(rf"/channels/{forum}/threads", "status", status=429, seconds=0.2, headers=headers)

        outcome = await messenger(bot).open_thread(forum, THREAD, post())

    assert isinstance(outcome, Sent)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("action", ["drop", "silence"])
async def test_a_thread_of_unknown_outcome_is_found_if_it_was_opened(
    discord: StandIn, log_in: Connect, action: str, when: str
) -> None:
    guild, begun = await discord.guild(), now()
    forum = await discord.channel(guild, kind=FORUM)
    async with log_in() as bot:
        courier = messenger(bot, patience=0.5)
        await discord.fault(rf"/channels/{forum}/threads", action, when=when)
        outcome = await courier.open_thread(forum, THREAD, post())

        seen = await courier.find_thread(forum, guild, THREAD, post(), begun)

    assert isinstance(outcome, Unknown)
    opened = [int(thread["id"]) for thread in await discord.threads(forum)]
    assert seen == (Found(opened[0], opened[0]) if when == "after" else Absent())


async def test_a_thread_that_was_archived_meanwhile_is_found(discord: StandIn, log_in: Connect) -> None:
    guild, begun = await discord.guild(), now()
    forum = await discord.channel(guild, kind=FORUM)
    async with log_in() as bot:
        opened = await messenger(bot).open_thread(forum, THREAD, post())
        assert isinstance(opened, Sent)
        await discord.archive(opened.channel_id or 0)

        seen = await messenger(bot).find_thread(forum, guild, THREAD, post(), begun)

    assert seen == Found(opened.message_id or 0, opened.channel_id)


async def test_a_thread_of_the_same_name_that_shows_another_digest_is_not_taken_for_it(
    discord: StandIn, log_in: Connect
) -> None:
    guild, begun = await discord.guild(), now()
    forum = await discord.channel(guild, kind=FORUM)
    async with log_in() as bot:
        await messenger(bot).open_thread(forum, THREAD, post(key=2))

        seen = await messenger(bot).find_thread(forum, guild, THREAD, post(key=1), begun)

    assert seen == Absent()


async def test_a_thread_of_another_forum_or_from_before_is_not_taken_for_it(discord: StandIn, log_in: Connect) -> None:
    guild, begun = await discord.guild(), now()
    forum, other = [await discord.channel(guild, name, FORUM) for name in ("one", "other")]
    async with log_in() as bot:
        await messenger(bot).open_thread(other, THREAD, post())
        await messenger(bot).open_thread(forum, THREAD, post())

        elsewhere = await messenger(bot).find_thread(other, guild, THREAD, post(), begun)
        later = await messenger(bot).find_thread(forum, guild, THREAD, post(), now() + dt.timedelta(minutes=5))

    assert isinstance(elsewhere, Found)
    assert later == Absent()


async def test_without_the_history_the_active_thread_is_found_all_the_same(discord: StandIn, log_in: Connect) -> None:
    guild, begun = await discord.guild(), now()
    forum = await discord.channel(guild, kind=FORUM)
    await discord.deny(forum, "READ_MESSAGE_HISTORY")
    async with log_in() as bot:
        opened = await messenger(bot).open_thread(forum, THREAD, post())

        seen = await messenger(bot).find_thread(forum, guild, THREAD, post(), begun)

    assert isinstance(opened, Sent)
    assert seen == Found(opened.message_id or 0, opened.channel_id)
