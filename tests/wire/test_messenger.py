"""Every outcome of a delivery, as Discord's answers make it."""

import datetime as dt
from dataclasses import dataclass, field

import discord as discordpy
import pytest

from bot.chat.breaker import Breaker
from bot.chat.client import PaperDigestBot
from bot.chat.messenger import DiscordMessenger
from bot.domain.delivery import (
    Absent,
    Found,
    Refusal,
    Refused,
    Rejected,
    Sent,
    Unauthorized,
    Unknown,
    Unreadable,
    Withheld,
)
from tests.wire.conftest import Connect
from tests.wire.posts import post
from tests.wire.standin import THREAD, StandIn

MESSAGES = r"/channels/\d+/messages"


@dataclass(slots=True)
class Notebook:
    """An operator who writes down what they are told."""

    alerts: list[str] = field(default_factory=list)

    async def alert(self, subject: str, sentence: str) -> None:
        """Write the subject down."""
        assert sentence
        self.alerts.append(subject)

    async def recovered(self, subject: str, sentence: str) -> None:
        """Write down that it is over."""
        self.alerts.append(f"recovered {subject}")


def messenger(bot: PaperDigestBot, *, patience: float = 10.0, breaker: Breaker | None = None) -> DiscordMessenger:
    return DiscordMessenger(bot, breaker=breaker or Breaker(), operator=Notebook(), patience=patience)


async def a_channel(discord: StandIn) -> int:
    return await discord.channel(await discord.guild())


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


async def test_a_post_arrives_as_it_was_rendered(discord: StandIn, log_in: Connect) -> None:
    channel = await a_channel(discord)
    async with log_in() as bot:
        outcome = await messenger(bot).send(channel, post(), "nonce-1")

    [message] = await discord.messages(channel)
    assert outcome == Sent(int(message["id"]))
    assert (message["content"], message["embeds"]) == ("Daily digest", [post().embeds[0].payload()])
    assert message["components"][0]["components"][0]["custom_id"] == "pd:open:1:1"


async def test_the_same_nonce_posts_nothing_twice(discord: StandIn, log_in: Connect) -> None:
    channel = await a_channel(discord)
    async with log_in() as bot:
        first = await messenger(bot).send(channel, post(), "nonce-1")
        second = await messenger(bot).send(channel, post(), "nonce-1")

    assert first == second
    assert len(await discord.messages(channel)) == 1


async def test_a_message_that_a_moderator_removed_meanwhile_counts_as_sent(discord: StandIn, log_in: Connect) -> None:
    channel = await a_channel(discord)
    async with log_in() as bot:
        first = await messenger(bot).send(channel, post(), "nonce-1")
        assert isinstance(first, Sent)
        await discord.delete_message(channel, first.message_id or 0)

        second = await messenger(bot).send(channel, post(), "nonce-1")

    assert second == Sent(None)


@pytest.mark.parametrize(
    ("denied", "refusal"),
    [("VIEW_CHANNEL", Refusal.NO_ACCESS), ("SEND_MESSAGES", Refusal.NO_PERMISSION)],
)
async def test_a_missing_permission_is_a_refusal(
    discord: StandIn, log_in: Connect, denied: str, refusal: Refusal
) -> None:
    channel = await a_channel(discord)
    await discord.deny(channel, denied)
    async with log_in() as bot:
        outcome = await messenger(bot).send(channel, post(), "nonce-1")

    assert isinstance(outcome, Refused)
    assert outcome.refusal is refusal


async def test_a_deleted_channel_is_a_refusal(discord: StandIn, log_in: Connect) -> None:
    channel = await a_channel(discord)
    await discord.delete_channel(channel)
    async with log_in() as bot:
        outcome = await messenger(bot).send(channel, post(), "nonce-1")

    assert isinstance(outcome, Refused)
    assert outcome.refusal is Refusal.CHANNEL_GONE


async def test_a_locked_thread_is_a_refusal(discord: StandIn, log_in: Connect) -> None:
    thread = await discord.channel(await discord.guild(), kind=THREAD)
    await discord.lock(thread)
    async with log_in() as bot:
        outcome = await messenger(bot).send(thread, post(), "nonce-1")

    assert isinstance(outcome, Refused)
    assert outcome.refusal is Refusal.ARCHIVED


@pytest.mark.parametrize(
    ("inbox", "refusal"),
    [("closed", Refusal.DM_CLOSED), ("no_mutual_server", Refusal.NO_MUTUAL_SERVER)],
)
async def test_closed_direct_messages_are_a_refusal(
    discord: StandIn, log_in: Connect, inbox: str, refusal: Refusal
) -> None:
    user = await discord.user(inbox=inbox)
    async with log_in() as bot:
        courier = messenger(bot)
        channel = await courier.open_dm(user)
        assert isinstance(channel, int)

        outcome = await courier.send(channel, post(), "nonce-1")

    assert isinstance(outcome, Refused)
    assert outcome.refusal is refusal


async def test_a_direct_message_reaches_a_person(discord: StandIn, log_in: Connect) -> None:
    user = await discord.user()
    async with log_in() as bot:
        courier = messenger(bot)
        channel = await courier.open_dm(user)
        assert isinstance(channel, int)

        outcome = await courier.send(channel, post(), "nonce-1")

    assert isinstance(outcome, Sent)
    assert len(await discord.messages(await discord.direct_channel(user))) == 1


async def test_opening_a_direct_message_can_be_refused(discord: StandIn, log_in: Connect) -> None:
    user = await discord.user()
    await discord.fault("/users/@me/channels", "status", status=403, code=50007)
    async with log_in() as bot:
        outcome = await messenger(bot).open_dm(user)

    assert isinstance(outcome, Refused)
    assert outcome.refusal is Refusal.DM_CLOSED


async def test_other_trouble_while_a_person_waits_is_raised(discord: StandIn, log_in: Connect) -> None:
    user = await discord.user()
    await discord.fault("/users/@me/channels", "status", status=503)
    async with log_in() as bot:
        with pytest.raises(discordpy.DiscordServerError):
            await messenger(bot).open_dm(user)


async def test_nothing_is_known_before_the_login() -> None:
    async def nothing(_: object) -> None:
        """Take no notice."""

    bot = PaperDigestBot(on_setup=nothing, on_channel_gone=nothing, on_guild_left=nothing)

    assert isinstance(await messenger(bot).look_back(1, post(), now()), Unknown)


async def test_a_message_beyond_discords_limits_is_rejected(discord: StandIn, log_in: Connect) -> None:
    channel = await a_channel(discord)
    async with log_in() as bot:
        outcome = await messenger(bot).send(channel, post(description="x" * 4097), "nonce-1")

    assert isinstance(outcome, Rejected)
    assert "4096" in outcome.detail


async def test_a_revoked_token_stops_everything(discord: StandIn, log_in: Connect) -> None:
    channel = await a_channel(discord)
    async with log_in() as bot:
        await discord.set(token="another")

        outcome = await messenger(bot).send(channel, post(), "nonce-1")

    assert isinstance(outcome, Unauthorized)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    "fault",
    [
        {"action": "status", "status": 500, "times": 9},
        {"action": "status", "status": 502, "times": 9, "body": "<html>Bad gateway</html>"},
        {"action": "status", "status": 503},
        {"action": "status", "status": 403, "body": "<html>error code: 1015</html>"},
        {"action": "status", "status": 404, "body": "<html>nginx</html>"},
        {"action": "status", "status": 200, "body": "<html>Welcome to the hotel</html>"},
        {"action": "drop"},
        {"action": "silence"},
    ],
    ids=["500", "502", "503", "cloudflare", "proxy", "portal", "drop", "silence"],
)
async def test_what_proves_nothing_leaves_the_outcome_unknown(
    discord: StandIn, log_in: Connect, fault: dict[str, object], when: str
) -> None:
    channel = await a_channel(discord)
    async with log_in() as bot:
        await discord.fault(MESSAGES, **fault, when=when)  # type: ignore[arg-type]

        outcome = await messenger(bot, patience=0.3).send(channel, post(), "nonce-1")

    assert isinstance(outcome, Unknown)
    assert len(await discord.messages(channel)) == (when == "after")


async def test_a_short_trouble_is_overcome_within_one_attempt(discord: StandIn, log_in: Connect) -> None:
    channel = await a_channel(discord)
    async with log_in() as bot:
        await discord.fault(MESSAGES, "status", status=502, when="after")

        outcome = await messenger(bot).send(channel, post(), "nonce-1")

    [message] = await discord.messages(channel)
    assert outcome == Sent(int(message["id"]))


async def test_giving_up_during_a_global_limit_does_not_keep_the_gate_closed(discord: StandIn, log_in: Connect) -> None:
    channel = await a_channel(discord)
    headers = {"X-RateLimit-Global": "true", "Retry-After": "0.5", "Via": "1.1 google"}
    async with log_in() as bot:
        await discord.fault(MESSAGES, "status", status=429, seconds=0.5, headers=headers)

        given_up = await messenger(bot, patience=0.2).send(channel, post(), "nonce-1")
        outcome = await messenger(bot).send(channel, post(), "nonce-1")

    assert isinstance(given_up, Unknown)
    assert isinstance(outcome, Sent)


async def test_an_open_breaker_sends_nothing_and_tells_the_operator(discord: StandIn, log_in: Connect) -> None:
    channel = await a_channel(discord)
    await discord.deny(channel, "SEND_MESSAGES")
    breaker, operator = Breaker(limit=2), Notebook()
    async with log_in(breaker=breaker) as bot:
        courier = DiscordMessenger(bot, breaker=breaker, operator=operator)
        for number in range(2):
            await courier.send(channel, post(), f"nonce-{number}")

        outcomes = [await courier.send(channel, post(), "nonce-2"), await courier.look_back(channel, post(), now())]

    assert [type(outcome) for outcome in outcomes] == [Withheld, Withheld]
    assert operator.alerts == ["breaker", "breaker"]
    assert len(await discord.requests(MESSAGES)) == 2


async def test_a_message_that_arrived_is_found_again(discord: StandIn, log_in: Connect) -> None:
    channel, begun = await a_channel(discord), now()
    async with log_in() as bot:
        courier = messenger(bot)
        sent = await courier.send(channel, post(part=2), "nonce-2")
        await courier.send(channel, post(part=1), "nonce-1")

        seen = await courier.look_back(channel, post(part=2), begun)

    assert isinstance(sent, Sent)
    assert seen == Found(sent.message_id or 0)


async def test_a_message_is_found_behind_a_page_of_chatter(discord: StandIn, log_in: Connect) -> None:
    channel, begun, user = await a_channel(discord), now(), await discord.user()
    for number in range(120):
        await discord.say(channel, user, f"message {number}")
    async with log_in() as bot:
        courier = messenger(bot)
        sent = await courier.send(channel, post(), "nonce-1")

        seen = await courier.look_back(channel, post(), begun)

    assert isinstance(sent, Sent)
    assert seen == Found(sent.message_id or 0)


async def test_a_message_is_recognised_by_its_control_where_embeds_were_dropped(
    discord: StandIn, log_in: Connect
) -> None:
    channel, begun = await a_channel(discord), now()
    await discord.deny(channel, "EMBED_LINKS")
    async with log_in() as bot:
        courier = messenger(bot)
        sent = await courier.send(channel, post(), "nonce-1")

        seen = await courier.look_back(channel, post(), begun)
        other = await courier.look_back(channel, post(key=2), begun)

    assert isinstance(sent, Sent)
    assert seen == Found(sent.message_id or 0)
    assert other == Absent()


async def test_a_history_without_the_message_proves_its_absence(discord: StandIn, log_in: Connect) -> None:
    channel, user = await a_channel(discord), await discord.user()
    await discord.say(channel, user, "good morning")
    async with log_in() as bot:
        seen = await messenger(bot).look_back(channel, post(), now())
        later = await messenger(bot).look_back(channel, post(), now() + dt.timedelta(minutes=5))

    assert (seen, later) == (Absent(), Absent())


async def test_an_empty_channel_proves_its_absence(discord: StandIn, log_in: Connect) -> None:
    channel = await a_channel(discord)
    async with log_in() as bot:
        seen = await messenger(bot).look_back(channel, post(), now())

    assert seen == Absent()


async def test_a_hidden_history_with_nothing_new_proves_its_absence(discord: StandIn, log_in: Connect) -> None:
    channel, user = await a_channel(discord), await discord.user()
    await discord.say(channel, user, "good morning")
    await discord.deny(channel, "READ_MESSAGE_HISTORY")
    async with log_in() as bot:
        seen = await messenger(bot).look_back(channel, post(), now() + dt.timedelta(minutes=5))

    assert seen == Absent()


async def test_a_hidden_history_with_something_new_proves_nothing(discord: StandIn, log_in: Connect) -> None:
    channel, user = await a_channel(discord), await discord.user()
    await discord.say(channel, user, "good morning")
    await discord.deny(channel, "READ_MESSAGE_HISTORY")
    async with log_in() as bot:
        seen = await messenger(bot).look_back(channel, post(), now())

    assert isinstance(seen, Unreadable)


async def test_reading_back_can_be_refused_fail_and_be_unauthorized(discord: StandIn, log_in: Connect) -> None:
    channel = await a_channel(discord)
    async with log_in() as bot:
        courier = messenger(bot)
        await discord.fault(MESSAGES, "status", method="GET", status=503)
        failed = await courier.look_back(channel, post(), now())
        await discord.fault(MESSAGES, "status", method="GET", status=400, code=50035)
        invalid = await courier.look_back(channel, post(), now())
        await discord.deny(channel, "VIEW_CHANNEL")
        refused = await courier.look_back(channel, post(), now())
        await discord.set(token="another")
        unauthorized = await courier.look_back(channel, post(), now())

    assert isinstance(failed, Unknown)
    assert isinstance(invalid, Unknown)
    assert isinstance(refused, Refused)
    assert isinstance(unauthorized, Unauthorized)
