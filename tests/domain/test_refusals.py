"""How often a refusal must be heard, and when the next try is."""

import datetime as dt
from itertools import pairwise

import pytest

from bot.domain.delivery import Refusal
from bot.domain.refusals import is_certain, is_news, refused
from bot.domain.subscription import Pause

NOW = dt.datetime(2023, 3, 1, tzinfo=dt.UTC)


def series(*refusals: Refusal) -> list[Pause]:
    """Return the pauses of refusals one after the other, each at the earliest instant that it can come."""
    pauses: list[Pause] = []
    at = NOW
    for refusal in refusals:
        pauses.append(refused(refusal, pauses[-1] if pauses else None, at))
        at = pauses[-1].probe_at or at
    return pauses


def waits(pauses: list[Pause]) -> list[dt.timedelta]:
    ends = [NOW, *(pause.probe_at or NOW for pause in pauses)]
    return [later - earlier for earlier, later in pairwise(ends)]


def test_a_clear_refusal_is_believed_at_once_and_tried_ever_more_seldom() -> None:
    pauses = series(*[Refusal.NO_PERMISSION] * 5)

    assert [wait.days for wait in waits(pauses)] == [1, 2, 4, 7, 7]
    assert [is_news(pause) for pause in pauses] == [True, False, False, False, False]
    assert all(map(is_certain, pauses))


@pytest.mark.parametrize("refusal", [Refusal.NO_ACCESS, Refusal.OTHER])
def test_an_ambiguous_refusal_is_believed_after_three_spaced_tries(refusal: Refusal) -> None:
    pauses = series(*[refusal] * 4)

    assert waits(pauses)[:3] == [dt.timedelta(minutes=10), dt.timedelta(minutes=30), dt.timedelta(days=1)]
    assert [is_certain(pause) for pause in pauses] == [False, False, True, True]
    assert [is_news(pause) for pause in pauses] == [False, False, True, False]


def test_a_channel_that_is_gone_is_never_tried_again() -> None:
    [pause] = series(Refusal.CHANNEL_GONE)

    assert pause.probe_at is None
    assert is_news(pause)


def test_another_reason_counts_from_the_beginning() -> None:
    first, second = series(Refusal.NO_PERMISSION, Refusal.DM_CLOSED)

    assert (second.strikes, second.since) == (1, first.probe_at)


def test_a_pause_remembers_since_when() -> None:
    assert {pause.since for pause in series(*[Refusal.DM_CLOSED] * 3)} == {NOW}


def test_a_destination_that_never_recovers_is_tried_for_ever_without_overflow() -> None:
    pause = series(*[Refusal.NO_PERMISSION] * 2000)[-1]

    assert pause.strikes == 2000
