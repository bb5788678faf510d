"""The operator hears once of each trouble with the files, and once that it is over."""

import datetime as dt
from dataclasses import dataclass, field

import pytest

from bot.delivery.planner import Shelf
from bot.delivery.watch import STALE_AFTER, TOLD_AT_ONCE, Watch
from bot.domain.digest import Digest
from tests.delivery.builders import digest, shelf
from tests.delivery.world import Alerts, FakeClock

DIGEST = digest("2023-03-01")


@dataclass
class Memory:
    """Texts that outlive the watch."""

    texts: dict[str, str] = field(default_factory=dict)

    async def get(self, key: str) -> str | None:
        return self.texts.get(key)

    async def put(self, key: str, value: str) -> None:
        self.texts[key] = value


@dataclass
class World:
    clock: FakeClock = field(default_factory=FakeClock)
    alerts: Alerts = field(default_factory=Alerts)
    memory: Memory = field(default_factory=Memory)

    def begin(self) -> Watch:
        """Start a process."""
        return Watch(operator=self.alerts, memory=self.memory, clock=self.clock)

    def shelf(self, *digests: Digest) -> Shelf:
        """A shelf on which the last digest came in just now."""
        return shelf(*digests, seen={digests[-1].id: self.clock.now()} if digests else None)


@pytest.fixture
def world() -> World:
    return World()


async def test_no_new_digest_for_days_is_told_once_through_restarts(world: World) -> None:
    there = world.shelf(DIGEST)
    await world.begin().look(there, {})
    quiet = list(world.alerts.told)
    await world.clock.sleep(STALE_AFTER.total_seconds() + 1)

    for _ in range(2):
        watch = world.begin()
        await watch.look(there, {})
        await watch.look(there, {})

    assert quiet == []
    assert world.alerts.told == ["No new digest for 4 days: the newest is 2023-03-01-daily-digest."]


async def test_a_new_digest_after_that_is_told(world: World) -> None:
    there = world.shelf(DIGEST)
    await world.clock.sleep(STALE_AFTER.total_seconds() + 1)
    await world.begin().look(there, {})

    for _ in range(2):
        await world.begin().look(world.shelf(DIGEST, digest("2023-03-07")), {})

    assert world.alerts.told[1:] == ["A new digest has come: 2023-03-07-daily-digest."]


async def test_an_empty_folder_is_not_stale(world: World) -> None:
    await world.begin().look(world.shelf(), {})

    assert world.alerts.told == []


async def test_a_file_that_cannot_be_read_is_told_once_it_fails_twice(world: World) -> None:
    watch, there = world.begin(), world.shelf(DIGEST)
    await watch.look(there, {"a.md": "no date"})
    being_written = list(world.alerts.told)

    for _ in range(3):
        await watch.look(there, {"a.md": "no date"})

    assert being_written == []
    assert world.alerts.told == ["a.md can't be delivered: no date"]


async def test_a_restart_repeats_nothing(world: World) -> None:
    for _ in range(2):
        watch = world.begin()
        for _ in range(3):
            await watch.look(world.shelf(DIGEST), {"a.md": "no date"})

    assert len(world.alerts.told) == 1


async def test_another_trouble_with_the_same_file_is_told(world: World) -> None:
    watch = world.begin()
    for said in ("no date", "no date", "too large", "too large"):
        await watch.look(world.shelf(DIGEST), {"a.md": said})

    assert world.alerts.told == ["a.md can't be delivered: no date", "a.md can't be delivered: too large"]


async def test_a_file_that_is_mended_is_told(world: World) -> None:
    watch = world.begin()
    for troubles in ({"a.md": "no date"}, {"a.md": "no date"}, {}, {}):
        await watch.look(world.shelf(DIGEST), troubles)

    assert world.alerts.told[1:] == ["a.md is mended or gone."]


async def test_of_many_files_a_few_are_named(world: World) -> None:
    watch = world.begin()
    troubles = {f"{number}.md": "no date" for number in range(TOLD_AT_ONCE + 300)}
    for _ in range(2):
        await watch.look(world.shelf(DIGEST), troubles)

    assert len(world.alerts.told) == TOLD_AT_ONCE + 1
    assert world.alerts.told[-1].startswith("300 more files")


async def test_staleness_counts_from_when_a_digest_came_not_from_its_date(world: World) -> None:
    old = digest("2022-01-01")

    await world.begin().look(world.shelf(old), {})
    await world.clock.sleep(dt.timedelta(days=3).total_seconds())
    await world.begin().look(shelf(old, seen={old.id: FakeClock().now()}), {})

    assert world.alerts.told == []
