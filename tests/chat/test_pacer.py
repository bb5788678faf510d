"""The pacer, in a time of its own."""

import asyncio
import random
from dataclasses import dataclass, field
from itertools import chain, pairwise

import pytest

from bot.chat.pacer import BLOCK, RECOVERY, SLACK, Lane, Pacer


@dataclass(slots=True)
class Time:
    """A clock that moves when somebody sleeps; yielding costs a tenth of a millisecond."""

    now: float = 100.0
    overshoot: float = 0.001

    def monotonic(self) -> float:
        """Return the instant."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let time pass, a bit more of it than was asked for."""
        self.now += seconds + self.overshoot if seconds else 0.0001
        await asyncio.sleep(0)


@pytest.fixture
def time() -> Time:
    """Return a fresh clock."""
    return Time()


@dataclass(slots=True)
class Shared:
    """A budget in memory."""

    time: Time
    works: bool = True
    free_at: float = 0.0
    taken: list[int] = field(default_factory=list)

    async def reserve(self, count: int, gap: float) -> float | None:
        """Take slots."""
        await asyncio.sleep(0)
        if not self.works:
            return None
        self.taken.append(count)
        begin = max(self.free_at, self.time.now)
        self.free_at = begin + count * gap
        return begin - self.time.now


def a_pacer(time: Time, rate: float = 50) -> Pacer:
    return Pacer(rate, monotonic=time.monotonic, sleep=time.sleep)


async def starts(pacer: Pacer, time: Time, count: int) -> list[float]:
    """Return when `count` requests, asked for at once, start."""

    async def request() -> float:
        await pacer.acquire(Lane.BROADCAST)
        return time.now

    return await asyncio.gather(*(request() for _ in range(count)))


def gaps(instants: list[float]) -> list[float]:
    return [later - earlier for earlier, later in pairwise(instants)]


async def test_requests_start_a_gap_apart_and_hardly_later(time: Time) -> None:
    instants = await starts(a_pacer(time), time, 20)

    assert all(0.02 - 1e-9 <= gap <= 0.0202 for gap in gaps(instants))


async def test_a_first_request_does_not_wait(time: Time) -> None:
    assert await starts(a_pacer(time), time, 1) == [100.0]


async def test_a_stall_is_made_up_for_by_no_more_than_the_slack(time: Time) -> None:
    pacer = a_pacer(time)
    await starts(pacer, time, 1)
    time.now += 1.0

    first, *others = gaps(await starts(pacer, time, 5))

    assert first >= 0.02 - SLACK - 1e-9
    assert min(others) >= 0.02 - 0.0002


async def test_small_delays_do_not_add_up(time: Time) -> None:
    pacer, instants = a_pacer(time), []

    for _ in range(100):
        await pacer.acquire(Lane.BROADCAST)
        instants.append(time.now)
        time.now += 0.012  # a busy event loop

    assert instants[-1] - instants[0] <= 99 * 0.02 + SLACK


@pytest.mark.parametrize("stall", [0.0, 0.01, 0.03, 0.5])
async def test_no_second_holds_more_starts_than_discord_allows(time: Time, stall: float) -> None:
    pacer, instants, chance = a_pacer(time, rate=48), [], random.Random(1)

    for _ in range(500):
        await pacer.acquire(Lane.BROADCAST)
        instants.append(time.now)
        time.now += stall if chance.random() < 0.1 else 0.0

    assert all(later - earlier >= 1.0 for earlier, later in zip(instants, instants[49:], strict=False))


async def test_slots_are_those_that_were_reserved(time: Time) -> None:
    budget = Shared(time)
    pacer = Pacer(50, budget=budget, monotonic=time.monotonic, sleep=time.sleep)

    instants = await starts(pacer, time, 20)

    assert all(0.02 - 1e-9 <= gap <= 0.0202 for gap in gaps(instants))
    assert sum(budget.taken) >= 20
    assert max(budget.taken) <= BLOCK


async def test_processes_that_share_a_budget_keep_to_one_pace(time: Time) -> None:
    budget = Shared(time)
    pacers = [Pacer(50, budget=budget, monotonic=time.monotonic, sleep=time.sleep) for _ in range(2)]

    found = await asyncio.gather(*(starts(pacer, time, 30) for pacer in pacers))

    instants = sorted(chain.from_iterable(found))
    assert all(later - earlier >= 0.98 for earlier, later in zip(instants, instants[50:], strict=False))


async def test_without_a_word_of_the_budget_each_keeps_to_its_own_pace(time: Time) -> None:
    budget = Shared(time, works=False)
    pacer = Pacer(50, budget=budget, monotonic=time.monotonic, sleep=time.sleep)

    instants = await starts(pacer, time, 5)

    assert all(0.02 - 1e-9 <= gap <= 0.0202 for gap in gaps(instants))


async def test_a_lone_request_takes_one_slot(time: Time) -> None:
    budget = Shared(time)

    await Pacer(50, budget=budget, monotonic=time.monotonic, sleep=time.sleep).acquire(Lane.PROMPT)

    assert budget.taken == [1]


async def test_who_waits_for_an_answer_goes_before_broadcasts(time: Time) -> None:
    pacer, order = a_pacer(time), []

    async def request(name: str, lane: Lane) -> None:
        await pacer.acquire(lane)
        order.append(name)

    broadcasts = [request(f"post {number}", Lane.BROADCAST) for number in range(3)]
    await asyncio.gather(*broadcasts, request("look-up", Lane.PROMPT))

    assert order == ["post 0", "post 1", "look-up", "post 2"], "post 1 had its slot already"


async def test_after_a_global_limit_the_rate_is_halved_and_recovers(time: Time) -> None:
    pacer = a_pacer(time)
    await starts(pacer, time, 1)
    pacer.slow_down()

    slowed = gaps(await starts(pacer, time, 3))
    time.now += RECOVERY
    _, *recovered = gaps(await starts(pacer, time, 4))

    assert all(0.039 <= gap <= 0.0402 for gap in slowed)
    assert all(0.02 - 1e-9 <= gap <= 0.0202 for gap in recovered)


@pytest.mark.parametrize("victim", [0, 1, 2])
async def test_one_who_gives_up_keeps_nobody_waiting(time: Time, victim: int) -> None:
    pacer = a_pacer(time)
    tasks = [asyncio.create_task(pacer.acquire(Lane.BROADCAST)) for _ in range(4)]
    await asyncio.sleep(0)

    tasks[victim].cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)

    assert sum(result is None for result in results) >= 3


async def test_a_turn_that_comes_with_the_cancellation_is_passed_on(time: Time) -> None:
    pacer = a_pacer(time)
    await pacer.acquire(Lane.BROADCAST)
    waiters = [asyncio.create_task(pacer.acquire(Lane.BROADCAST)) for _ in range(2)]
    await pacer.acquire(Lane.BROADCAST)  # the waiters queue up meanwhile, and the first one's turn has just come

    waiters[0].cancel()
    await asyncio.wait_for(asyncio.gather(*waiters, return_exceptions=True), 5)

    assert [waiter.cancelled() for waiter in waiters] == [True, False]
