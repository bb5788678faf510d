"""A corrected digest changes what stands there: only what differs, in place, once, and in silence."""

import asyncio
import datetime as dt
import itertools
from collections import deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.delivery.corrections import PERIOD, Corrections
from bot.delivery.courier import Carried, Courier
from bot.delivery.planner import Shelf
from bot.domain.delivery import Delivery, Gone, Refusal, Refused, Rejected, Unauthorized, Unknown, Upkeep, Withheld
from bot.domain.digest import Digest
from bot.domain.post import Embed, Post
from bot.domain.subscription import ChannelKind, Pause, Subscription
from bot.storage.database import Database, open_database
from bot.storage.ledger import Ledger
from bot.storage.subscriptions import Subscriptions
from tests.delivery.builders import CHANNEL, digest, subscription
from tests.delivery.world import Alerts, FakeClock, FakeDiscord, Fault, OnePostAPaper

DIGEST = digest("2023-03-01", papers=3)


def corrected(*titles: str) -> Digest:
    """The digest with other papers."""
    papers = tuple(replace(DIGEST.papers[0], ordinal=n, title=title) for n, title in enumerate(titles, 1))
    return replace(DIGEST, papers=papers)


TITLES = tuple(paper.title for paper in DIGEST.papers)


@dataclass
class World:
    """One state and one Discord, with a digest that was delivered."""

    database: Database
    clock: FakeClock
    discord: FakeDiscord
    alerts: Alerts
    lives: Iterator[int]

    def begin(self) -> None:
        """Start a process."""
        self.courier = Courier(
            ledger=Ledger(self.database),
            messenger=self.discord,
            renderer=OnePostAPaper(),
            subscriptions=Subscriptions(self.database),
            operator=self.alerts,
            clock=self.clock,
            owner=f"life {next(self.lives)}",
        )
        self.token_refused = asyncio.Event()
        self.corrections = Corrections(courier=self.courier, token_refused=self.token_refused)

    async def shelf(self, shown: Digest) -> Shelf:
        return Shelf.of([shown], await self.courier.ledger.know([shown], self.clock.now()))

    async def deliver(self, wish: Subscription | None = None) -> None:
        shelf = await self.shelf(DIGEST)
        assert await self.courier.carry(shelf.editions[0], wish or subscription()) == Carried()

    async def correct(self, shown: Digest) -> int:
        """Look once, and return how many requests it took."""
        before = self.discord.requests
        await self.corrections.look(await self.shelf(shown))
        await self.corrections.idle()
        return self.discord.requests - before

    async def delivery(self) -> Delivery:
        [edition] = (await self.shelf(DIGEST)).editions
        delivery = await self.courier.ledger.delivery(edition.known.key, CHANNEL)
        assert delivery is not None
        return delivery

    @property
    def standing(self) -> list[str]:
        """What each message shows."""
        return [post.embeds[0].description if post.embeds else post.content for post in self.discord.posts]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    clock = FakeClock()
    async with open_database(f"sqlite+aiosqlite:///{tmp_path}/bot.db") as database:
        await Subscriptions(database).put(subscription())
        world = World(database, clock, FakeDiscord(clock), Alerts(), itertools.count(1))
        world.begin()
        yield world


async def test_only_the_message_that_changed_is_edited(world: World) -> None:
    await world.deliver()

    requests = await world.correct(corrected(TITLES[0], "Mended", TITLES[2]))

    assert world.standing == [TITLES[0], "Mended", TITLES[2]]
    assert world.discord.edits == [2]
    assert requests == 1


async def test_a_file_that_is_as_it_was_costs_nothing(world: World) -> None:
    await world.deliver()

    assert await world.correct(DIGEST) == 0


async def test_a_correction_is_made_once(world: World) -> None:
    await world.deliver()
    mended = corrected("Mended", *TITLES[1:])
    await world.correct(mended)

    again = await world.correct(mended)
    world.begin()
    after_a_restart = await world.correct(mended)

    assert (again, after_a_restart) == (0, 0)
    assert world.discord.edits == [1]


async def test_a_correction_of_a_correction_brings_the_first_text_back(world: World) -> None:
    await world.deliver()

    await world.correct(corrected("Mended", *TITLES[1:]))
    await world.correct(DIGEST)

    assert world.standing == list(TITLES)
    assert world.discord.edits == [1, 1]


async def test_lines_that_moved_are_no_correction(world: World) -> None:
    await world.deliver()
    moved = replace(DIGEST, papers=tuple(replace(paper, line=paper.line + 7) for paper in DIGEST.papers))

    assert await world.correct(moved) == 0


async def test_what_the_digest_has_grown_by_is_sent_below_in_silence(world: World) -> None:
    await world.deliver()

    await world.correct(corrected(*TITLES, "Late", "Later"))

    assert world.standing == [*TITLES, "Late", "Later"]
    assert [post.silent for post in world.discord.posts] == [False, False, False, True, True]
    assert len((await world.delivery()).parts) == 5


async def test_what_the_digest_has_shrunk_by_says_so_and_can_be_filled_again(world: World) -> None:
    await world.deliver()

    await world.correct(corrected(TITLES[0]))
    shrunk = world.standing
    await world.correct(DIGEST)

    assert shrunk == [TITLES[0], *["moved up or taken out"] * 2]
    assert world.standing == list(TITLES)
    assert len(world.discord.messages) == 3


async def test_a_digest_without_a_matching_paper_left_is_emptied(world: World) -> None:
    await world.deliver()
    courier = world.courier

    class Empty(OnePostAPaper):
        def posts(self, *_: object) -> tuple[Post, ...]:
            return ()

    courier.renderer = Empty()
    await world.correct(corrected("Off topic"))

    assert world.standing == ["moved up or taken out"] * 3


async def test_messages_are_corrected_in_the_look_that_was_wished_when_they_were_sent(world: World) -> None:
    await world.deliver()
    await Subscriptions(world.database).put(replace(subscription(), keywords="nothing"))

    await world.correct(corrected("Mended", *TITLES[1:]))

    assert world.standing == ["Mended", *TITLES[1:]]


async def test_a_message_that_a_moderator_removed_stays_away(world: World) -> None:
    await world.deliver()
    world.discord.answers = deque([Gone()])

    first = await world.correct(corrected("Mended", *TITLES[1:]))
    second = await world.correct(corrected("Mended again", *TITLES[1:]))

    assert (first, second) == (1, 0)


@pytest.mark.parametrize("answer", [Unknown("dropped"), Withheld("waiting")])
async def test_an_edit_of_unknown_outcome_is_made_again_at_the_next_look(world: World, answer: Upkeep) -> None:
    await world.deliver()
    mended = corrected("Mended", TITLES[1], "Mended too")
    world.discord.answers = deque([answer])

    await world.correct(mended)
    await world.correct(mended)

    assert world.standing == ["Mended", TITLES[1], "Mended too"]


async def test_a_part_of_unknown_outcome_is_finished_exactly_once(world: World) -> None:
    await world.deliver()
    grown = corrected(*TITLES, "Late")
    world.discord.faults = deque([Fault.LOST_AFTER])

    await world.correct(grown)
    await world.correct(grown)

    assert world.standing == [*TITLES, "Late"]


async def test_a_place_that_refuses_edits_is_not_asked_again_and_not_paused(world: World) -> None:
    await world.deliver()
    mended = corrected("Mended", *TITLES[1:])
    world.discord.answers = deque([Refused(Refusal.NO_ACCESS, "403")])

    first, second = await world.correct(mended), await world.correct(mended)

    [wish] = await Subscriptions(world.database).all()
    assert (first, second) == (1, 0)
    assert wish.pause is None


async def test_a_correction_that_discord_finds_invalid_is_told_once(world: World) -> None:
    await world.deliver()
    mended = corrected("Mended", *TITLES[1:])
    world.discord.answers = deque([Rejected("400 50035")])

    await world.correct(mended)
    await world.correct(mended)

    assert world.alerts.told == ["Discord rejects the correction of a message: 400 50035"]


async def test_a_token_that_is_no_longer_valid_stops_everything(world: World) -> None:
    await world.deliver()
    world.discord.answers = deque([Unauthorized("401")])

    await world.correct(corrected("Mended", "Mended too", TITLES[2]))

    assert world.token_refused.is_set()
    assert world.courier.stopping
    assert world.discord.edits == []


@pytest.mark.parametrize("days", [PERIOD.days - 1, PERIOD.days])
async def test_after_seven_days_nothing_is_corrected(world: World, days: int) -> None:
    await world.deliver()
    await world.clock.sleep(dt.timedelta(days=days, seconds=1).total_seconds())

    requests = await world.correct(corrected("Mended", *TITLES[1:]))

    assert requests == (1 if days < PERIOD.days else 0)


async def test_who_unsubscribed_or_refuses_is_left_alone(world: World) -> None:
    await world.deliver()
    await Subscriptions(world.database).pause(CHANNEL, Pause(Refusal.NO_ACCESS, world.clock.now()))
    paused = await world.correct(corrected("Mended", *TITLES[1:]))
    await Subscriptions(world.database).remove(CHANNEL)
    unsubscribed = await world.correct(corrected("Mended", "Mended", TITLES[2]))

    assert (paused, unsubscribed) == (0, 0)


async def test_a_digest_corrected_in_the_middle_of_its_delivery_ends_up_as_it_is_now(world: World) -> None:
    world.discord.faults = deque([Fault.NONE, Withheld("waiting")])
    await world.courier.carry((await world.shelf(DIGEST)).editions[0], subscription())
    mended = corrected("Mended", *TITLES[1:])

    await world.courier.carry((await world.shelf(mended)).editions[0], subscription())
    await world.correct(mended)

    assert world.standing == ["Mended", *TITLES[1:]]


async def test_a_forum_thread_gets_what_the_digest_has_grown_by(world: World) -> None:
    forum = replace(subscription(), channel_kind=ChannelKind.FORUM)
    await Subscriptions(world.database).put(forum)
    await world.deliver(forum)

    await world.correct(corrected("Mended", *TITLES[1:], "Late"))

    assert world.standing == ["Mended", *TITLES[1:], "Late"]
    assert [channel for channel, *_ in world.discord.messages] == [CHANNEL.id, 1, 1, 1]


async def test_a_defect_in_one_correction_leaves_the_others_alone(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    other = subscription(destination=replace(CHANNEL, id=701))
    await Subscriptions(world.database).put(other)
    await world.deliver()
    await world.deliver(other)
    calls = itertools.count()

    class Broken(OnePostAPaper):
        def emptied(self, subscription: Subscription) -> Post:
            if next(calls) == 0:
                raise ZeroDivisionError
            return Post("", (Embed("empty"),), None)

    world.courier.renderer = Broken()
    await world.correct(corrected("Mended", *TITLES[1:]))
    broken = world.standing.count("Mended")
    await world.correct(corrected("Mended", *TITLES[1:]))

    assert broken == 1
    assert world.standing.count("Mended") == 2
    assert "broke off" in caplog.text


async def test_stopping_begins_no_other_correction(world: World) -> None:
    await world.deliver()
    await world.corrections.look(await world.shelf(corrected("Mended", *TITLES[1:])))

    await world.corrections.stop(seconds=5)

    assert world.discord.edits in ([], [1])
