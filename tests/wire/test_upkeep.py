"""Messages that stand there are edited without a ping, and handed on to followers."""

from dataclasses import replace

import pytest

from bot.chat.breaker import Breaker
from bot.chat.messenger import DiscordMessenger
from bot.domain.delivery import Done, Gone, Refused, Rejected, Sent, Unauthorized, Unknown, Withheld
from tests.wire.conftest import Connect
from tests.wire.posts import post
from tests.wire.standin import ANNOUNCEMENT, THREAD, StandIn
from tests.wire.test_messenger import Notebook, messenger

EDITS = r"/channels/\d+/messages/\d+"
CROSSPOSTS = rf"{EDITS}/crosspost"


async def a_message(discord: StandIn, courier: DiscordMessenger, kind: int) -> tuple[int, int]:
    """Send a message to a new channel, and return both ids."""
    channel = await discord.channel(await discord.guild(), kind=kind)
    sent = await courier.send(channel, post(), "nonce-1")
    assert isinstance(sent, Sent)
    return channel, sent.message_id or 0


async def test_an_edit_changes_all_that_a_message_shows(discord: StandIn, log_in: Connect) -> None:
    async with log_in() as bot:
        courier = messenger(bot)
        channel, message = await a_message(discord, courier, 0)

        outcome = await courier.edit(channel, message, post(part=2, description="Mended."))

    [shown] = await discord.messages(channel)
    assert outcome == Done()
    assert shown["embeds"] == [post(part=2, description="Mended.").embeds[0].payload()]
    assert shown["components"][0]["components"][0]["custom_id"] == "pd:open:1:2"


async def test_an_edit_never_pings_the_role_that_the_post_pinged(discord: StandIn, log_in: Connect) -> None:
    guild = await discord.guild(roles=["readers"])
    channel, role = await discord.channel(guild), await discord.role(guild, "readers")
    calling = replace(post(), content=f"<@&{role}> Daily digest", mention_role=role)
    async with log_in() as bot:
        courier = messenger(bot)
        sent = await courier.send(channel, calling, "nonce-1")
        [before] = await discord.messages(channel)
        quiet = await courier.send(channel, replace(post(part=2), silent=True), "nonce-2")
        assert isinstance(sent, Sent)
        assert isinstance(quiet, Sent)

        await courier.edit(channel, quiet.message_id or 0, calling)

    [_, edited] = await discord.messages(channel)
    assert before["pinged"]
    assert not edited["pinged"]
    assert edited["content"] == calling.content


async def test_a_silent_post_suppresses_its_notification(discord: StandIn, log_in: Connect) -> None:
    channel = await discord.channel(await discord.guild())
    async with log_in() as bot:
        await messenger(bot).send(channel, post().quiet(), "nonce-1")

    [message] = await discord.messages(channel)
    assert message["flags"] == 1 << 12


async def test_an_edit_of_a_message_that_was_removed_says_so(discord: StandIn, log_in: Connect) -> None:
    async with log_in() as bot:
        courier = messenger(bot)
        channel, message = await a_message(discord, courier, 0)
        await discord.delete_message(channel, message)

        outcome = await courier.edit(channel, message, post())

    assert outcome == Gone()


async def test_edits_can_be_refused_rejected_fail_and_be_unauthorized(discord: StandIn, log_in: Connect) -> None:
    async with log_in() as bot:
        courier = messenger(bot, patience=0.5)
        thread, message = await a_message(discord, courier, THREAD)
        rejected = await courier.edit(thread, message, post(description="x" * 4097))
        await discord.fault(EDITS, "silence", method="PATCH")
        unknown = await courier.edit(thread, message, post())
        await discord.archive(thread)
        refused = await courier.edit(thread, message, post())
        await discord.set(token="another")
        unauthorized = await courier.edit(thread, message, post())

    assert isinstance(rejected, Rejected)
    assert isinstance(unknown, Unknown)
    assert isinstance(refused, Refused)
    assert isinstance(unauthorized, Unauthorized)


async def test_an_announcement_is_published_once(discord: StandIn, log_in: Connect) -> None:
    async with log_in() as bot:
        courier = messenger(bot)
        channel, message = await a_message(discord, courier, ANNOUNCEMENT)

        outcomes = [await courier.publish(channel, message) for _ in range(2)]

    [shown] = await discord.messages(channel)
    assert outcomes == [Done(), Done()]
    assert shown["published"]


async def test_publishing_beyond_the_hourly_limit_waits_for_no_hour(discord: StandIn, log_in: Connect) -> None:
    await discord.set(publish_limit=1)
    async with log_in() as bot:
        courier = messenger(bot, patience=0.5)
        channel, first = await a_message(discord, courier, ANNOUNCEMENT)
        second = await courier.send(channel, post(part=2), "nonce-2")
        assert isinstance(second, Sent)

        outcomes = [await courier.publish(channel, number) for number in (first, second.message_id or 0)]

    assert outcomes[0] == Done()
    assert isinstance(outcomes[1], Unknown)


async def test_publishing_in_a_plain_channel_is_rejected(discord: StandIn, log_in: Connect) -> None:
    async with log_in() as bot:
        courier = messenger(bot)
        channel, message = await a_message(discord, courier, 0)

        outcome = await courier.publish(channel, message)

    assert isinstance(outcome, Rejected)


@pytest.mark.parametrize("what", ["edit", "publish"])
async def test_an_open_breaker_asks_nothing(discord: StandIn, log_in: Connect, what: str) -> None:
    breaker = Breaker(limit=1)
    async with log_in() as bot:
        courier = DiscordMessenger(bot, breaker=breaker, operator=Notebook())
        channel, message = await a_message(discord, courier, ANNOUNCEMENT)
        breaker.record(403)

        outcome = await (
            courier.edit(channel, message, post()) if what == "edit" else courier.publish(channel, message)
        )

    assert courier.is_withholding
    assert isinstance(outcome, Withheld)
    assert await discord.requests(EDITS, "PATCH") == []
    assert await discord.requests(CROSSPOSTS) == []
