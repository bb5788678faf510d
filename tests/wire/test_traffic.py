"""Speed: at the ceiling that Discord sets, without touching it."""

import asyncio
import time

from bot.chat.breaker import Breaker
from bot.chat.messenger import DiscordMessenger
from bot.chat.pacer import Pacer
from bot.domain.delivery import Outcome, Sent
from tests.wire.conftest import Connect
from tests.wire.posts import post
from tests.wire.standin import StandIn
from tests.wire.test_messenger import MESSAGES, Notebook


async def test_a_fan_out_meets_no_rate_limit(discord: StandIn, log_in: Connect) -> None:
    await discord.set(global_limit=100)  # twice the pace: a stall of this machine must not look like a burst
    guild = await discord.guild()
    channels = [await discord.channel(guild, f"channel-{number}") for number in range(120)]
    async with log_in(pacer=Pacer(50)) as bot:
        messenger = DiscordMessenger(bot, breaker=Breaker(), operator=Notebook())
        sends = [messenger.send(channel, post(), f"nonce-{channel}") for channel in channels]
        outcomes = await asyncio.gather(*sends)

    assert all(isinstance(outcome, Sent) for outcome in outcomes)
    assert [request["status"] for request in await discord.requests(MESSAGES)] == [200] * len(channels)


async def test_a_word_to_a_person_who_waits_goes_before_the_posts(discord: StandIn, log_in: Connect) -> None:
    guild = await discord.guild()
    channels = [await discord.channel(guild, f"channel-{number}") for number in range(20)]
    mailbox = await discord.direct_channel(await discord.user())
    async with log_in(pacer=Pacer(20)) as bot:
        messenger = DiscordMessenger(bot, breaker=Breaker(), operator=Notebook())
        posts = [asyncio.create_task(messenger.send(channel, post(), f"nonce-{channel}")) for channel in channels]
        await asyncio.sleep(0.1)
        await messenger.say(mailbox, "Your digest comes at nine.")
        waiting = sum(not task.done() for task in posts)
        await asyncio.gather(*posts)

    assert waiting > 10


async def test_a_send_comes_back_although_it_used_the_bucket_up(discord: StandIn, log_in: Connect) -> None:
    await discord.set(channel_window=1.5)
    channel = await discord.channel(await discord.guild())
    outcomes: list[Outcome] = []
    waits: list[float] = []
    async with log_in() as bot:
        messenger = DiscordMessenger(bot, breaker=Breaker(), operator=Notebook())
        for number in range(6):
            began = time.monotonic()
            outcomes.append(await messenger.send(channel, post(part=number), f"nonce-{number}"))
            waits.append(time.monotonic() - began)

    assert all(isinstance(outcome, Sent) for outcome in outcomes)
    assert waits.index(max(waits)) == 5, "the sixth waits for the window, not the fifth which emptied it"
    assert all(request["status"] == 200 for request in await discord.requests(MESSAGES))


async def test_many_sends_to_one_channel_keep_to_its_limit(discord: StandIn, log_in: Connect) -> None:
    await discord.set(channel_window=0.4)
    channel = await discord.channel(await discord.guild())
    async with log_in() as bot:
        messenger = DiscordMessenger(bot, breaker=Breaker(), operator=Notebook())
        sends = [messenger.send(channel, post(part=number), f"nonce-{number}") for number in range(23)]
        outcomes = await asyncio.gather(*sends)

    assert all(isinstance(outcome, Sent) for outcome in outcomes)
    assert [request["status"] for request in await discord.requests(MESSAGES)] == [200] * 23


async def test_a_global_limit_slows_the_pacer_down_and_counts_against_the_breaker(
    discord: StandIn, log_in: Connect
) -> None:
    channel = await discord.channel(await discord.guild())
    pacer, breaker = SlowedPacer(1000), Breaker(limit=1)
    headers = {"X-RateLimit-Global": "true", "Retry-After": "0.01", "Via": "1.1 google"}
    async with log_in(pacer=pacer, breaker=breaker) as bot:
        await discord.fault(MESSAGES, "status", status=429, seconds=0.01, headers=headers)
        messenger = DiscordMessenger(bot, breaker=breaker, operator=Notebook())

        outcome = await messenger.send(channel, post(), "nonce-1")

    assert isinstance(outcome, Sent)
    assert pacer.slowed == 1
    assert breaker.is_open


async def test_a_shared_limit_is_not_held_against_the_bot(discord: StandIn, log_in: Connect) -> None:
    channel = await discord.channel(await discord.guild())
    breaker = Breaker(limit=1)
    headers = {"X-RateLimit-Scope": "shared", "Retry-After": "0.01", "Via": "1.1 google"}
    async with log_in(breaker=breaker) as bot:
        await discord.fault(MESSAGES, "status", status=429, seconds=0.01, headers=headers)
        await DiscordMessenger(bot, breaker=breaker, operator=Notebook()).send(channel, post(), "nonce-1")

    assert not breaker.is_open


class SlowedPacer(Pacer):
    """A pacer that counts how often it was slowed down."""

    slowed = 0

    def slow_down(self) -> None:
        """Slow down, and count it."""
        self.slowed += 1
        super().slow_down()
