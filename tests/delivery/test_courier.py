"""Each part exactly once, through every fault at every step."""

import datetime as dt
import itertools
from collections import deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.delivery.courier import (
    Carried,
    Courier,
    NoMatch,
    Receipt,
    TokenRefused,
    TurnedAway,
    Underway,
    Unfit,
    nonce,
)
from bot.delivery.planner import Edition
from bot.domain.delivery import DeliveryState, PartState, Refusal, Refused, Rejected, Unauthorized, Withheld
from bot.domain.post import Thread
from bot.domain.subscription import ChannelKind, Pause, Subscription
from bot.storage.database import Database, open_database
from bot.storage.ledger import Ledger
from bot.storage.subscriptions import Subscriptions
from tests.delivery.builders import CHANNEL, LOOK, digest, subscription
from tests.delivery.world import Alerts, FakeClock, FakeDiscord, Fault, Killed, OnePostAPaper

DIGEST = digest("2023-03-01", papers=3)
MARKS = [f"{DIGEST.id} {n}" for n in (1, 2, 3)]
NOW = FakeClock().now()
FORUM = replace(subscription(), channel_kind=ChannelKind.FORUM)


@dataclass
class World:
    """One state and one Discord, through any number of lives of the process."""

    database: Database
    clock: FakeClock
    discord: FakeDiscord
    alerts: Alerts
    lives: Iterator[int]

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.database)

    def courier(self) -> Courier:
        """A process that has just started."""
        return Courier(
            ledger=self.ledger,
            messenger=self.discord,
            renderer=OnePostAPaper(),
            subscriptions=Subscriptions(self.database),
            operator=self.alerts,
            clock=self.clock,
            owner=f"life {next(self.lives)}",
        )

    async def edition(self) -> Edition:
        known = await self.ledger.know([DIGEST], self.clock.now())
        return Edition(DIGEST, known[DIGEST.id])

    async def carry(self, courier: Courier | None = None, wish: Subscription | None = None) -> Receipt:
        return await (courier or self.courier()).carry(await self.edition(), wish or subscription())

    async def live_until_done(self, pause: float, wish: Subscription | None = None) -> int:
        """Restart after every kill, `pause` seconds later; return how often it was killed."""
        for kills in itertools.count():
            try:
                while not isinstance(await self.carry(wish=wish), Carried):
                    await self.clock.sleep(pause)
            except Killed:
                await self.clock.sleep(pause)
            else:
                return kills
        raise AssertionError


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    clock = FakeClock()
    async with open_database(f"sqlite+aiosqlite:///{tmp_path}/bot.db") as database:
        await Subscriptions(database).put(subscription())
        yield World(database, clock, FakeDiscord(clock), Alerts(), itertools.count(1))


async def test_parts_arrive_in_order_and_are_settled(world: World) -> None:
    receipt = await world.carry()

    delivery = await world.ledger.delivery((await world.edition()).known.key, CHANNEL)
    assert receipt == Carried()
    assert world.discord.marks == MARKS
    assert delivery is not None
    assert delivery.state is DeliveryState.DONE
    assert [(part.ordinal, part.state, part.message_id) for part in delivery.parts] == [
        (n, PartState.SENT, n) for n in (1, 2, 3)
    ]


async def test_a_second_run_sends_nothing(world: World) -> None:
    await world.carry()

    receipt = await world.carry()

    assert receipt == Carried()
    assert world.discord.requests == 3


async def test_a_digest_without_a_matching_paper_is_skipped_and_said(world: World) -> None:
    wish = subscription()
    nothing = Subscription(**{name: getattr(wish, name) for name in wish.__slots__} | {"keywords": "nothing"})

    receipt = await world.carry(wish=nothing)

    delivery = await world.ledger.delivery((await world.edition()).known.key, CHANNEL)
    assert receipt == NoMatch()
    assert delivery is not None
    assert delivery.state is DeliveryState.SKIPPED
    assert world.discord.requests == 0


async def test_a_skipped_digest_goes_out_once_the_topics_are_widened(world: World) -> None:
    wish = subscription()
    nothing = Subscription(**{name: getattr(wish, name) for name in wish.__slots__} | {"keywords": "nothing"})
    await world.carry(wish=nothing)

    receipt = await world.carry()

    assert receipt == Carried()
    assert world.discord.marks == MARKS


@pytest.mark.parametrize("fault", [Fault.LOST_BEFORE, Fault.LOST_AFTER])
@pytest.mark.parametrize(("times", "readable"), [(1, True), (1, False), (3, True), (3, False), (40, True)])
async def test_an_unknown_outcome_ends_with_exactly_one_message(
    world: World, fault: Fault, times: int, *, readable: bool
) -> None:
    world.discord.readable = readable
    world.discord.faults = deque([Fault.NONE] + [fault] * times)

    await world.live_until_done(pause=15)

    assert world.discord.marks == MARKS


async def test_where_nothing_can_be_learnt_for_minutes_a_repeat_is_counted_and_told(world: World) -> None:
    world.discord.readable = False
    world.discord.faults = deque([Fault.LOST_AFTER] * 40)

    await world.live_until_done(pause=15)

    assert set(world.discord.marks) == set(MARKS)
    assert any("twice" in sentence for sentence in world.alerts.told)


@pytest.mark.parametrize("fault", [Fault.KILLED_BEFORE, Fault.KILLED_AFTER])
@pytest.mark.parametrize("pause", [1.0, 31.0, 600.0])
@pytest.mark.parametrize("step", [0, 1, 2])
@pytest.mark.parametrize("readable", [True, False])
async def test_a_kill_at_any_request_ends_with_exactly_one_message(
    world: World, fault: Fault, pause: float, step: int, *, readable: bool
) -> None:
    world.discord.readable = readable
    world.discord.faults = deque([Fault.NONE] * step + [fault])

    kills = await world.live_until_done(pause)

    assert kills == 1
    if readable or fault is Fault.KILLED_BEFORE or pause < 90:
        assert world.discord.marks == MARKS
    else:  # Discord gives no means to know: repeated, counted, told
        assert world.discord.marks == MARKS[: step + 1] + MARKS[step:]
        assert any("twice" in sentence for sentence in world.alerts.told)


async def test_a_kill_between_answer_and_ledger_is_made_good(world: World) -> None:
    courier = world.courier()

    class Dying(Ledger):
        async def sent(self, *args: object, **kwargs: object) -> None:
            raise Killed

    courier.ledger = Dying(world.database)
    with pytest.raises(Killed):
        await world.carry(courier)
    await world.live_until_done(pause=1)

    assert world.discord.marks == MARKS


async def test_a_repeat_that_cannot_be_avoided_is_counted(world: World) -> None:
    world.discord.readable = False
    world.discord.faults = deque([Fault.KILLED_AFTER])
    with pytest.raises(Killed):
        await world.carry()
    await world.clock.sleep(600)
    courier = world.courier()

    await world.carry(courier)

    assert courier.tally.repeated == 1
    assert courier.tally.sent == 3


async def test_a_message_found_in_the_history_is_not_sent_again(world: World) -> None:
    world.discord.faults = deque([Fault.KILLED_AFTER])
    with pytest.raises(Killed):
        await world.carry()
    await world.clock.sleep(600)
    courier = world.courier()

    await world.carry(courier)

    assert courier.tally.recovered == 1
    assert world.discord.marks == MARKS


async def test_another_process_keeps_away_from_a_part_under_lease(world: World) -> None:
    world.discord.faults = deque([Fault.KILLED_BEFORE])
    with pytest.raises(Killed):
        await world.carry()

    receipt = await world.carry()

    assert receipt == Underway()
    assert world.discord.marks == []


async def test_a_refusal_pauses_the_subscription_and_tells_the_operator(world: World) -> None:
    world.discord.faults = deque([Refused(Refusal.NO_PERMISSION, "403 Missing Permissions")])

    receipt = await world.carry()

    [paused] = await Subscriptions(world.database).all()
    assert receipt == TurnedAway(Refusal.NO_PERMISSION)
    assert paused.pause == Pause(Refusal.NO_PERMISSION, NOW, strikes=1, probe_at=NOW + dt.timedelta(days=1))
    assert world.alerts.told == ["channel:700 refuses and is paused: 403 Missing Permissions"]


async def test_further_refusals_are_told_to_nobody(world: World) -> None:
    world.discord.faults = deque([Refused(Refusal.NO_PERMISSION, "403")] * 2)
    await world.carry()
    [paused] = await Subscriptions(world.database).all()

    await world.carry(wish=paused)

    [paused] = await Subscriptions(world.database).all()
    assert paused.pause is not None
    assert paused.pause.strikes == 2
    assert len(world.alerts.told) == 1


async def test_an_ambiguous_refusal_is_believed_and_told_at_the_third_strike(world: World) -> None:
    world.discord.faults = deque([Refused(Refusal.NO_ACCESS, "403 Missing Access")] * 3)
    told = []
    for _ in range(3):
        [wish] = await Subscriptions(world.database).all()
        await world.carry(wish=wish)
        told.append(len(world.alerts.told))

    assert told == [0, 0, 1]


async def test_a_destination_that_takes_messages_again_is_served_again_and_told(world: World) -> None:
    world.discord.faults = deque([Refused(Refusal.NO_PERMISSION, "403")])
    await world.carry()
    [paused] = await Subscriptions(world.database).all()

    receipt = await world.carry(wish=paused)

    [served] = await Subscriptions(world.database).all()
    assert receipt == Carried()
    assert served.pause is None
    assert world.alerts.told[1:] == ["channel:700 takes messages again."]


async def test_a_wrong_refusal_that_went_away_is_told_to_nobody(world: World) -> None:
    world.discord.faults = deque([Refused(Refusal.NO_ACCESS, "403")])
    await world.carry()
    [struck] = await Subscriptions(world.database).all()

    await world.carry(wish=struck)

    [served] = await Subscriptions(world.database).all()
    assert served.pause is None
    assert world.alerts.told == []


async def test_what_is_withheld_while_discord_refuses_too_much_goes_out_later(world: World) -> None:
    world.discord.faults = deque([Withheld("waiting")])

    receipt = await world.carry()

    assert receipt == Underway()
    assert await world.carry() == Carried()
    assert world.discord.marks == MARKS


async def test_a_delivery_begun_goes_on_as_it_was_wished_then(world: World) -> None:
    world.discord.faults = deque([Fault.NONE, Withheld("waiting")])
    await world.carry()

    await world.carry(wish=replace(subscription(), keywords="nothing"))

    assert world.discord.marks == MARKS


async def test_a_forum_gets_one_thread_that_holds_all_parts(world: World) -> None:
    receipt = await world.carry(wish=FORUM)

    assert receipt == Carried()
    assert world.discord.threads == {1: Thread(DIGEST.title, tuple(paper.title for paper in DIGEST.papers))}
    assert [channel for channel, *_ in world.discord.messages] == [CHANNEL.id, 1, 1]


@pytest.mark.parametrize("fault", [Fault.KILLED_BEFORE, Fault.KILLED_AFTER, Fault.LOST_BEFORE, Fault.LOST_AFTER])
@pytest.mark.parametrize("pause", [1.0, 600.0])
@pytest.mark.parametrize("step", [0, 1, 2])
async def test_a_forum_gets_one_thread_whatever_happens_as_it_is_opened(
    world: World, fault: Fault, pause: float, step: int
) -> None:
    world.discord.faults = deque([Fault.NONE] * step + [fault])

    await world.live_until_done(pause, FORUM)

    assert len(world.discord.threads) == 1
    assert world.discord.marks == MARKS
    assert [channel for channel, *_ in world.discord.messages][1:] == [1, 1]


async def test_after_a_refusal_is_mended_the_delivery_goes_on_where_it_stopped(world: World) -> None:
    world.discord.faults = deque([Fault.NONE, Refused(Refusal.NO_PERMISSION, "403 Missing Permissions")])
    await world.carry()

    receipt = await world.carry()

    assert receipt == Carried()
    assert world.discord.marks == MARKS


async def test_a_message_that_may_have_arrived_before_a_refusal_is_read_back_later(world: World) -> None:
    world.discord.faults = deque([Fault.LOST_AFTER, Refused(Refusal.NO_PERMISSION, "403 Missing Permissions")])
    await world.carry()
    await world.clock.sleep(3600)

    receipt = await world.carry()

    assert receipt == Carried()
    assert world.discord.marks == MARKS


async def test_a_message_that_discord_finds_invalid_is_told_to_the_operator_and_not_repeated(world: World) -> None:
    world.discord.faults = deque([Rejected("400 50035 Invalid Form Body")])

    first = await world.carry()
    second = await world.carry()

    assert first == Unfit("400 50035 Invalid Form Body")
    assert second == Carried()
    assert world.discord.requests == 1
    assert "50035" in world.alerts.told[0]


async def test_a_token_that_is_no_longer_valid_stops_the_delivery_and_loses_nothing(world: World) -> None:
    world.discord.faults = deque([Unauthorized("401")])

    first = await world.carry()
    second = await world.carry()

    assert first == TokenRefused()
    assert second == Carried()
    assert world.discord.marks == MARKS


async def test_a_courier_told_to_stop_begins_no_new_part(world: World) -> None:
    courier = world.courier()
    courier.stopping = True

    receipt = await world.carry(courier)

    assert receipt == Underway()
    assert world.discord.requests == 0


async def test_an_outage_frees_the_place_after_a_while_and_is_survived(world: World) -> None:
    world.discord.faults = deque([Fault.LOST_BEFORE] * 400)
    begun = world.clock.now()

    receipt = await world.carry()

    assert receipt == Underway()
    assert world.clock.now() - begun < dt.timedelta(minutes=4)
    await world.live_until_done(pause=15)
    assert world.discord.marks == MARKS


async def test_nonces_are_stable_short_and_differ_between_parts(world: World) -> None:
    delivery = await world.ledger.open((await world.edition()).known.key, DIGEST.date, CHANNEL, world.clock.now(), LOOK)

    nonces = [nonce(delivery, ordinal) for ordinal in range(1, 50)]

    again = await world.ledger.open((await world.edition()).known.key, DIGEST.date, CHANNEL, world.clock.now(), LOOK)
    assert nonces == [nonce(again, ordinal) for ordinal in range(1, 50)]
    assert len(set(nonces)) == 49
    assert all(len(each) <= 25 for each in nonces)
