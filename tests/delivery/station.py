"""The whole of delivery, from files to messages, with only Discord and the clock stood in for."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.delivery.courier import Courier
from bot.delivery.fleet import Fleet
from bot.delivery.service import Deliveries
from bot.delivery.why import Explainer, Why
from bot.domain.delivery import Outcome
from bot.domain.digest import Digest
from bot.domain.post import Post
from bot.domain.subscription import Destination, Subscription
from bot.rendering.renderer import Renderer
from bot.storage.database import open_database
from bot.storage.ledger import Ledger
from bot.storage.subscriptions import Subscriptions
from tests.delivery.builders import CHANNEL
from tests.delivery.world import Alerts, FakeClock, FakeDiscord, FixedDigests

LIMIT = 3


@dataclass
class Mailbox(FakeDiscord):
    """A Discord that takes everything, or answers as it is told."""

    answer: Outcome | None = None

    async def send(self, channel_id: int, post: Post, nonce: str) -> Outcome:
        return self.answer or await super().send(channel_id, post, nonce)

    @property
    def titles(self) -> list[str]:
        """The titles that stand there, in order."""
        return [embed.title.partition(" ")[2] for post in self.posts for embed in post.embeds if embed.title]


@dataclass
class Station:
    """One process."""

    clock: FakeClock
    mailbox: Mailbox
    digests: FixedDigests
    subscriptions: Subscriptions
    ledger: Ledger
    deliveries: Deliveries
    explainer: Explainer

    async def subscribe(self, subscription: Subscription) -> None:
        await self.subscriptions.put(subscription)

    async def publish(self, *digests: Digest) -> None:
        """Put digests on the shelf, where the ticker sees them."""
        self.digests.digests = tuple(sorted((*self.digests.digests, *digests), key=lambda each: (each.date, each.id)))
        await self.tick()

    async def tick(self) -> None:
        await self.deliveries.tick()
        await self.deliveries.fleet.idle()

    async def why(self, digest: Digest, ordinal: int = 1, destination: Destination = CHANNEL) -> Why:
        shelf = await self.deliveries.shelf()
        edition = next(each for each in shelf.editions if each.digest is digest)
        return await self.explainer.why(shelf, edition, digest.papers[ordinal - 1], destination)


@asynccontextmanager
async def station(folder: Path, start: str, digests: Sequence[Digest] = ()) -> AsyncIterator[Station]:
    """Start a process with an empty state."""
    clock = FakeClock(start)
    mailbox, shelf, renderer = Mailbox(clock), FixedDigests(digests), Renderer(None)
    async with open_database(f"sqlite+aiosqlite:///{folder}/bot.db") as database:
        ledger, subscriptions = Ledger(database), Subscriptions(database)
        courier = Courier(
            ledger=ledger,
            messenger=mailbox,
            renderer=renderer,
            subscriptions=subscriptions,
            operator=Alerts(),
            clock=clock,
            owner="me",
        )
        deliveries = Deliveries(
            digests=shelf,
            subscriptions=subscriptions,
            ledger=ledger,
            fleet=Fleet(courier),
            clock=clock,
            catch_up_limit=LIMIT,
        )
        explainer = Explainer(
            ledger=ledger, subscriptions=subscriptions, renderer=renderer, clock=clock, catch_up_limit=LIMIT
        )
        yield Station(clock, mailbox, shelf, subscriptions, ledger, deliveries, explainer)
