"""Power cuts at random moments of a broadcast: afterwards every message stands exactly once."""

import datetime as dt
import random
from zoneinfo import ZoneInfo

import pytest

from bot.domain.subscription import ChannelKind, Destination, DestinationKind, Subscription
from bot.storage.database import open_database
from bot.storage.subscriptions import Subscriptions
from tests.wire.process import BotProcess
from tests.wire.standin import StandIn

CHANNELS = 40
CUTS = 5


@pytest.mark.parametrize("seed", [1])
async def test_after_power_cuts_every_message_stands_exactly_once(discord: StandIn, bot: BotProcess, seed: int) -> None:
    chance = random.Random(seed)
    guild = await discord.guild()
    channels = [await discord.channel(guild, f"papers-{number}") for number in range(CHANNELS)]
    await subscribe_long_ago(bot, guild, channels)
    await discord.set(latency=0.05)  # so that a cut finds requests under way

    for wanted in sorted(chance.sample(range(1, CHANNELS), CUTS)):
        await bot.start()
        await discord.requests(r"/channels/\d+/messages", at_least=wanted)
        await bot.kill()
    await bot.start()
    for channel in channels:
        await discord.posts(channel, at_least=1, seconds=90)
    bot.write_digest(5)

    counts = [len(await discord.posts(channel, at_least=2, seconds=90)) for channel in channels]
    assert counts == [2] * CHANNELS


async def subscribe_long_ago(bot: BotProcess, guild: int, channels: list[int]) -> None:
    """Write subscriptions whose first slot is past: they are owed the newest digest at the bot's start."""
    created = dt.datetime.now(dt.UTC) - dt.timedelta(days=3)
    async with open_database(bot.database_url) as database:
        subscriptions = Subscriptions(database)
        for channel in channels:
            destination = Destination(DestinationKind.CHANNEL, channel)
            subscription = Subscription(
                destination, channel, ChannelKind.TEXT, guild, dt.time(0), ZoneInfo("UTC"), created
            )
            await subscriptions.put(subscription)
