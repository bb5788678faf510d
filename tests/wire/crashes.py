"""Power cuts at random moments, and at each step: afterwards every message of every delivery stands exactly once.

    python -m tests.wire.crashes [--kills 500] [--seed 1] [--chaos 0.05] [--long 0.1]

The real bot runs as a process against the stand-in and is ended with `kill -9` over and over while it delivers digests of several parts
to text channels, announcement channels, threads, forums and direct messages, of which some hide their history. It comes back at once or,
in the share `--long` of all kills, after longer than Discord remembers a nonce. All waits are shortened alike, the stand-in's memory too;
with `--long 0` nonces are relied on for longer, as no outage is meant to outlast them.
"""

import argparse
import asyncio
import datetime as dt
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.subscription import ChannelKind, Destination, DestinationKind, Subscription
from bot.storage.database import open_database
from bot.storage.subscriptions import Subscriptions
from tests.wire.mortal import STEPS
from tests.wire.process import SAMPLE, BotProcess, prepared
from tests.wire.standin import ANNOUNCEMENT, FORUM, TEXT, THREAD, StandIn, hosting, world

TIMING = {"attempt": 1.5, "lease": 2.0, "nonce_window": 9.0, "persistence": 30.0, "arrival": 4.0}
"""Seconds, a tenth and less of the real ones."""
MEMORY = 14.0
"""Seconds for which the stand-in remembers a nonce: longer than the bot relies on it, as Discord does."""
UNHURRIED = 60.0
"""Seconds for which the bot relies on nonces in a campaign without long outages, so that a busy machine's stalls aren't taken for some."""
LONG = 15.0
"""Seconds of an outage after which the nonce is forgotten."""
KINDS = {
    TEXT: ChannelKind.TEXT,
    ANNOUNCEMENT: ChannelKind.ANNOUNCEMENT,
    THREAD: ChannelKind.THREAD,
    FORUM: ChannelKind.FORUM,
}
PAPERS = 21
GLANCE = 0.3
"""Seconds between two looks at what stands there."""
PARTS = 3
"""Messages that so many papers of the sample take."""
FINISH = 90.0
"""Seconds that a life without an end may take to deliver what is owed."""
FIRST_DAY = dt.date(2024, 3, 4)


def tell(*lines: str) -> None:
    """Say how far a long run is, a line each, at once."""
    print(*lines, sep="\n", flush=True)  # noqa: T201  this is a program, run by hand


@dataclass(frozen=True, slots=True)
class Place:
    """A destination."""

    channel: int
    kind: ChannelKind
    hidden: bool = False
    """Whether the bot may not read its history."""


@dataclass(slots=True)
class Tally:
    """What a campaign came to."""

    kills: Counter[str] = field(default_factory=Counter)
    """By when they came."""
    digests: int = 0
    messages: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unavoidable: int = 0
    """Doubled where a nonce was forgotten and the history hidden: the bot repeats, and says so."""
    told: int = 0
    """How often the bot said that a message may stand there twice."""


@dataclass
class Campaign:
    """One bot through many lives."""

    discord: StandIn
    bot: BotProcess
    chance: random.Random
    long: float = 0.0
    """The share of kills that are followed by an outage longer than a nonce is remembered."""
    places: list[Place] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    lives: int = 0

    async def prepare(self, sizes: dict[int, int], people: int) -> None:
        """Make destinations, so many of each kind, and subscribe them long ago; a third of the channels hide their history."""
        await self.discord.set(nonce_window=MEMORY if self.long else 2 * UNHURRIED, channel_limit=50, latency=0.04)
        guild = await self.discord.guild()
        for kind, count in sizes.items():
            for number in range(count):
                channel = await self.discord.channel(guild, f"{KINDS[kind]}-{number}", kind)
                hidden = number % 3 == 2
                if hidden:
                    await self.discord.deny(channel, "READ_MESSAGE_HISTORY", "MANAGE_THREADS")
                self.places.append(Place(channel, KINDS[kind], hidden))
        users = [await self.discord.user(f"person-{number}") for number in range(people)]
        mailboxes = [await self.discord.direct_channel(user) for user in users]
        self.places += [Place(mailbox, ChannelKind.DM) for mailbox in mailboxes]
        await self._subscribe(guild, dict(zip(mailboxes, users, strict=True)))

    async def run(self, kills: int, *, report: float = 60.0) -> Tally:
        """Deliver digest after digest until the bot was killed so often; print a line now and then."""
        said = time.monotonic()
        while self.tally.kills.total() < kills:
            self._write_digest()
            for _ in range(min(self.chance.randint(3, 9), kills - self.tally.kills.total())):
                await self._live_and_die()
            faults = len(self.tally.lost) + len(self.tally.doubled)
            await self._live()
            if len(self.tally.lost) + len(self.tally.doubled) > faults:
                tell(*self.tally.lost, *self.tally.doubled)
            if time.monotonic() - said > report:
                said = time.monotonic()
                tell(self.summary())
        self.tally.told = self.bot.log.count("may stand there twice")
        return self.tally

    async def run_through(self, steps: Sequence[str]) -> Tally:
        """Deliver one digest by a bot that dies once at each of these steps."""
        self._write_digest()
        for step in steps:
            await self._start(step, 1)
            assert await self.bot.death(seconds=30), f"it lived on through {step}: {self.bot.log[-2000:]}"
            self.tally.kills[step] += 1
        await self._live()
        return self.tally

    def summary(self) -> str:
        """Say what it came to so far."""
        tally = self.tally
        kills = ", ".join(f"{count} {when}" for when, count in sorted(tally.kills.items()))
        return (
            f"{tally.kills.total()} kills ({kills}); {tally.digests} digests to {len(self.places)} destinations, "
            f"{tally.messages} messages: {len(tally.lost)} lost, {len(tally.doubled)} doubled, "
            f"{tally.unavoidable} unavoidably doubled"
        )

    async def _live_and_die(self) -> None:
        """Start the bot and end it: at a step, or after a while of delivering."""
        step = self.chance.choice([None, None, *STEPS])
        count = self.chance.randint(1, 5 if step in {"complete", "closed"} else 20)
        await self._start(step, count)
        when = step or "at random"
        if step is None:
            await self._begun()
            await asyncio.sleep(self.chance.uniform(0, 1.0))
        elif not await self.bot.death(seconds=6):
            when = "when all was done"
        await self.bot.kill()
        self.tally.kills[when] += 1
        await asyncio.sleep(LONG if self.chance.random() < self.long else self.chance.uniform(0, 0.5))

    async def _live(self) -> None:
        """Let the bot finish, and compare with the truth."""
        await self._start(None, 0)
        for _ in range(round(FINISH / GLANCE)):
            if await self._is_whole():
                break
            await asyncio.sleep(GLANCE)
        await asyncio.sleep(TIMING["lease"] + 1)  # what would be sent twice is sent by now
        await self.bot.kill()
        await self._compare()

    async def _is_whole(self) -> bool:
        standing = await self.discord.controls()
        newest = [f":{self.tally.digests}:{part}" for part in range(1, PARTS + 1)]
        return all(
            any(control.endswith(end) for control in standing.get(place.channel, ()))
            for place in self.places
            for end in newest
        )

    async def _compare(self) -> None:
        """Judge every part of every digest at every place, by the controls under the messages."""
        standing = await self.discord.controls()
        self.tally.messages, self.tally.lost, self.tally.doubled, self.tally.unavoidable = 0, [], [], 0
        for place in self.places:
            parts = {control.split(":", 2)[2]: n for control, n in standing.get(place.channel, {}).items()}
            self.tally.messages += sum(parts.values())
            for digest in range(1, self.tally.digests + 1):
                for part in range(1, PARTS + 1):
                    self._judge(place, digest, part, parts.get(f"{digest}:{part}", 0))

    def _judge(self, place: Place, digest: int, part: int, count: int) -> None:
        opens_thread = place.kind is ChannelKind.FORUM and part == 1  # which is found without any history
        what = f"{place.kind} {place.channel}, digest {digest}, part {part}: {count}"
        if count == 0:
            self.tally.lost.append(what)
        elif count > 1 and place.hidden and self.long and not opens_thread:
            self.tally.unavoidable += count - 1
        elif count > 1:
            self.tally.doubled.append(what)

    async def _start(self, step: str | None, count: int) -> None:
        timing = TIMING if self.long else TIMING | {"nonce_window": UNHURRIED}
        wishes = {"timing": timing, "step": step, "count": count}
        self.bot.entry = ("tests.wire.mortal", json.dumps(wishes))
        await self.bot.spawn()

    async def _begun(self) -> None:
        """Wait until this life has looked for its gateway: from then on it delivers what is owed."""
        self.lives += 1
        await self.discord.requests("/gateway/bot", "GET", at_least=self.lives, seconds=20)

    def _write_digest(self) -> None:
        """Write a digest of several parts for the next day."""
        self.tally.digests += 1
        day = FIRST_DAY + dt.timedelta(days=self.tally.digests - 1)
        head, *papers = SAMPLE.read_text(encoding="utf-8").split("\n### ")
        shown = (papers[number % len(papers)].partition(". ")[2] for number in range(PAPERS))
        text = "\n### ".join([head, *(f"{number}. Study {number}: {paper}" for number, paper in enumerate(shown, 1))])
        text = text.replace("4 Mar 2024", f"{day.day} {day:%b %Y}")
        draft = self.bot.digests / "draft"
        draft.write_text(text, encoding="utf-8")
        draft.rename(self.bot.digests / f"{day}-daily-digest.md")

    async def _subscribe(self, guild: int, people: dict[int, int]) -> None:
        created = dt.datetime.now(dt.UTC) - dt.timedelta(days=3)
        async with open_database(self.bot.database_url) as database:
            for place in self.places:
                is_person = place.kind is ChannelKind.DM
                destination = (
                    Destination(DestinationKind.USER, people[place.channel])
                    if is_person
                    else Destination(DestinationKind.CHANNEL, place.channel)
                )
                wish = Subscription(
                    destination,
                    place.channel,
                    place.kind,
                    None if is_person else guild,
                    dt.time(0),
                    ZoneInfo("UTC"),
                    created,
                )
                await Subscriptions(database).put(wish)


async def main() -> int:
    """Run a campaign as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(2**31))
    parser.add_argument("--chaos", type=float, default=0.0, help="share of posts that each kind of fault strikes")
    parser.add_argument("--long", type=float, default=0.1, help="share of kills followed by a long outage")
    asked = parser.parse_args()
    tell(f"seed {asked.seed}, {asked.kills} kills, {asked.chaos:.0%} of each fault")
    with hosting() as address, tempfile.TemporaryDirectory() as folder:
        async with (
            world(address, chaos=asked.chaos, seed=asked.seed) as discord,
            prepared(Path(folder), discord) as bot,
        ):
            (bot.digests / "2024-03-04-daily-digest.md").unlink()
            campaign = Campaign(discord, bot, random.Random(asked.seed), long=asked.long)
            await campaign.prepare({TEXT: 20, ANNOUNCEMENT: 10, THREAD: 10, FORUM: 10}, people=10)
            tally = await campaign.run(asked.kills)
            tell(f"{campaign.summary()}; {tally.told} times told", *tally.lost, *tally.doubled)
    return 1 if tally.lost or tally.doubled else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
