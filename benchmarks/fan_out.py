"""How close a broadcast comes to the ceiling of 50 requests a second, whether it touches it, and whether those who use commands notice.

    python -m benchmarks.fan_out [CHANNELS]

The bot is `python -m bot run`, ledger and all, with one digest that is owed to every channel; a person uses `/help` four times a second
meanwhile. A second time, one channel in a hundred refuses messages. The stand-in allows 50 requests in any second and 5 messages in 5 s a
channel, and takes 50 ms for an answer. The baselines are the ideal, as many messages at exactly 50 a second, and discord.py, which is told
to send to every channel and awaits them all.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord as discordpy
from discord.http import Route

from bot.storage.database import open_database
from bot.storage.subscriptions import Subscriptions
from tests.wire.process import BotProcess, prepared
from tests.wire.standin import StandIn, hosting, world

CEILING = 50
MESSAGES = r"/channels/\d+/messages"
BETWEEN = 0.25
"""Seconds between two uses of the command."""


@dataclass(slots=True)
class Broadcast:
    """What came of one."""

    seconds: float
    """From the first message's request to the last one's."""
    answers: Counter[int]
    delivered: int
    """Channels in which the message stands exactly once."""
    lookups: list[float] = field(default_factory=list)
    """Seconds until a command was answered, each."""
    refusals: str = ""
    """What came of the channels that refuse."""

    def __str__(self) -> str:
        """Say it in a line."""
        total = sum(self.answers.values()) - self.answers[429]
        line = f"{self.delivered} delivered in {self.seconds:.1f} s, {self.answers[429]} x 429 among {total} posts{self.refusals}"
        if not self.lookups:
            return line
        ordered = sorted(1000 * each for each in self.lookups)
        high = ordered[round(0.99 * (len(ordered) - 1))]
        return f"{line}; commands meanwhile: median {statistics.median(ordered):.1f} ms, 99th percentile {high:.1f} ms"


async def channels_of(discord: StandIn, count: int) -> tuple[int, list[int]]:
    """Make a server with so many channels."""
    guild = await discord.guild()
    return guild, [await discord.channel(guild, f"channel-{number}") for number in range(count)]


async def outcome(discord: StandIn, channels: list[int]) -> Broadcast:
    """Compare what was asked of the stand-in with what stands there."""
    requests = [each for each in await discord.requests(MESSAGES) if channel_of(each) in channels]
    starts = [request["at"] for request in requests if request["status"] == 200]
    standing = [len(await discord.messages(channel)) for channel in channels]
    answers = Counter(request["status"] for request in requests)
    return Broadcast(max(starts) - min(starts), answers, standing.count(1))


async def ours(host: str, count: int, refusing: int = 0) -> Broadcast:
    """Let the bot deliver a digest; of the channels, so many refuse it."""
    async with world(host, latency=0.05) as discord:
        guild, channels = await channels_of(discord, count)
        closed = channels[:: count // refusing] if refusing else []
        for channel in closed:
            await discord.deny(channel, "SEND_MESSAGES")
        with tempfile.TemporaryDirectory() as folder:
            async with prepared(Path(folder), discord) as bot:
                await bot.subscribe_long_ago(guild, channels)
                await bot.start()
                lookups = await use_commands(discord, channels[1], until=count)
                await asyncio.sleep(1)
                refusals = await seen_of(closed, discord, bot) if closed else ""
        found = await outcome(discord, channels)
    found.lookups, found.refusals = lookups, refusals
    return found


async def seen_of(closed: list[int], discord: StandIn, bot: BotProcess) -> str:
    """Count the requests, the alerts to the operator and the reasons kept for channels that refuse."""
    requests = Counter(map(channel_of, await discord.requests(MESSAGES)))
    owner = int((await discord.state())["owner"])
    told = "\n".join(message["content"] for message in await discord.messages(await discord.direct_channel(owner)))
    async with open_database(bot.database_url) as database:
        paused = {each.destination.id: each.pause for each in await Subscriptions(database).all() if each.pause}
    reasons = Counter(pause.reason for channel, pause in paused.items() if channel in closed)
    return (
        f"; {len(closed)} refuse: {sum(requests[channel] for channel in closed)} requests, "
        f"{sum(told.count(str(channel)) for channel in closed)} alerts, "
        f"{', '.join(f'{count} x {reason}' for reason, count in reasons.items())} shown, {len(paused) - reasons.total()} others paused"
    )


def channel_of(request: dict[str, Any]) -> int:
    """Return where a message was to go."""
    return int(request["path"].split("/")[-2])


async def use_commands(discord: StandIn, channel: int, until: int) -> list[float]:
    """Use `/help` until so many messages were posted; return how long each answer took."""
    person, waits = await discord.user(), []
    deadline = time.monotonic() + 10 * until / CEILING + 30
    while time.monotonic() < deadline:
        waits.append((await discord.command(person, channel, "help"))["seconds"])
        posted = await discord.count(MESSAGES)
        if posted >= until:
            return waits
        await asyncio.sleep(BETWEEN)
    return waits


async def stock(host: str, count: int) -> Broadcast:
    """Let discord.py send to every channel at once."""
    async with world(host, latency=0.05) as discord:
        _, channels = await channels_of(discord, count)
        Route.BASE = discord.api_url
        embed = discordpy.Embed(title="Daily digest", description="x" * 1500)
        async with discordpy.Client(intents=discordpy.Intents.none()) as client:
            await client.login(discord.token)
            places = map(client.get_partial_messageable, channels)
            await asyncio.gather(*(place.send(embed=embed) for place in places), return_exceptions=True)
        return await outcome(discord, channels)


async def main(count: int) -> None:
    """Measure both and print them."""
    with hosting() as host:
        for refusing in (0, count // 100):
            bot = await ours(host, count, refusing)
            print(f"{count} channels: {bot.seconds / ((count - 1) / CEILING):.3f} x the ideal; {bot}", flush=True)
        baseline = await stock(host, count)
    print(f"discord.py, all at once: {baseline}, {count - baseline.delivered} lost")


if __name__ == "__main__":
    discordpy.VoiceClient.warn_nacl = discordpy.VoiceClient.warn_dave = False
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
