"""What a refusal leads to: how often it must be heard to be believed, and when to try again."""

import datetime as dt

from bot.domain.delivery import Refusal
from bot.domain.subscription import Pause

AMBIGUOUS = frozenset({Refusal.NO_ACCESS, Refusal.OTHER})
"""Discord is known to answer these wrongly at times (discord-api-docs#7666)."""
TRIES = 3
"""How often an ambiguous refusal must be heard before anybody is alarmed."""
SPACING = (dt.timedelta(minutes=10), dt.timedelta(minutes=30))
"""Between those tries."""
DAY = dt.timedelta(days=1)
LONGEST = dt.timedelta(days=7)
"""Between two looks whether a destination has recovered."""


def refused(refusal: Refusal, before: Pause | None, at: dt.datetime) -> Pause:
    """Return the pause that follows one more refusal."""
    goes_on = before is not None and before.reason == refusal
    since, strikes = (before.since, before.strikes + 1) if before and goes_on else (at, 1)
    wait = _wait(refusal, strikes)
    return Pause(refusal.value, since, strikes, None if wait is None else at + wait)


def is_certain(pause: Pause) -> bool:
    """Tell whether it was refused often enough to be believed."""
    return pause.strikes >= _needed(Refusal(pause.reason))


def is_news(pause: Pause) -> bool:
    """Tell whether the operator should hear of it: exactly once in a row of refusals."""
    return pause.strikes == _needed(Refusal(pause.reason))


def _needed(refusal: Refusal) -> int:
    return TRIES if refusal in AMBIGUOUS else 1


def _wait(refusal: Refusal, strikes: int) -> dt.timedelta | None:
    """Return how long to leave a place alone; None for ever: a channel that is gone does not come back under its id."""
    if refusal is Refusal.CHANNEL_GONE:
        return None
    beyond = strikes - _needed(refusal)
    if beyond < 0:
        return SPACING[strikes - 1]
    return min(LONGEST, DAY * (1 << min(beyond, 10)))
