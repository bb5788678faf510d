"""How close a broadcast comes to the ceiling of 50 requests a second, and whether it touches it.

    python -m benchmarks.fan_out [CHANNELS] [REQUESTS_PER_SECOND]

The baseline is the ideal: as many messages at exactly 50 a second. The stand-in allows 50 in any second and 5 in 5 s a channel, and takes
50 ms for an answer.
"""

import asyncio
import sys
import time
from collections import Counter

from bot.chat.breaker import Breaker
from bot.chat.client import PaperDigestBot
from bot.chat.messenger import DiscordMessenger
from bot.chat.pacer import Pacer
from bot.chat.traffic import trace
from bot.delivery.fleet import IN_FLIGHT
from tests.wire.posts import post
from tests.wire.standin import StandIn, hosting, world

CEILING = 50


class Console:
    """An operator who reads along."""

    async def alert(self, subject: str, sentence: str) -> None:
        """Print what needs them."""
        print(subject, sentence)


async def nothing(_: object) -> None:
    """Take no notice."""


async def fan_out(discord: StandIn, channels: list[int], rate: float) -> float:
    """Post to every channel once, as many at a time as deliveries do, and return the seconds it took."""
    breaker = Breaker()
    bot = PaperDigestBot(
        on_setup=nothing,
        on_channel_gone=nothing,
        on_guild_left=nothing,
        api_url=discord.api_url,
        http_trace=trace(discord.api_url, Pacer(rate), breaker),
    )
    async with bot:
        await bot.login(discord.token)
        messenger = DiscordMessenger(bot, breaker=breaker, operator=Console())
        places = asyncio.Semaphore(IN_FLIGHT)

        async def deliver(channel: int) -> None:
            async with places:
                await messenger.send(channel, post(), f"nonce-{channel}")

        began = time.perf_counter()
        await asyncio.gather(*map(deliver, channels))
        return time.perf_counter() - began


async def measure(host: str, count: int, rate: float) -> str:
    """Measure once and say it in a line."""
    async with world(host, latency=0.05) as discord:
        guild = await discord.guild()
        channels = [await discord.channel(guild, f"channel-{number}") for number in range(count)]
        seconds = await fan_out(discord, channels, rate)
        answers = Counter(request["status"] for request in await discord.requests(r"/channels/\d+/messages"))
    ratio = seconds / (count / CEILING)
    return f"{count} messages at {rate:g}/s: {seconds:.1f} s, {ratio:.3f} x the ideal; answers {dict(answers)}"


if __name__ == "__main__":
    arguments = [*sys.argv[1:], *["500", "48"][len(sys.argv) - 1 :]]
    with hosting() as address:
        print(asyncio.run(measure(address, int(arguments[0]), float(arguments[1]))))
