"""When a subscription's local time comes, in every zone and through every change of the clocks."""

import datetime as dt
from itertools import count

from bot.domain.subscription import Subscription

DAY = dt.timedelta(days=1)


def slot(subscription: Subscription, day: dt.date) -> dt.datetime:
    """Return the one instant (UTC) at which `day`'s delivery is due.

    A wall time that the clocks skip counts as the same span after the last valid one (02:30 in a gap from 02:00 to 03:00 is 03:30); of
    a wall time that comes twice the first is meant. So each local day has exactly one slot.
    """
    return dt.datetime.combine(day, subscription.time, tzinfo=subscription.zone).astimezone(dt.UTC)


def local_day(subscription: Subscription, instant: dt.datetime) -> dt.date:
    """Return the calendar date that a wall calendar in the subscription's zone shows at `instant`."""
    return instant.astimezone(subscription.zone).date()


def first_slot(subscription: Subscription, *, after: dt.datetime, not_before: dt.date | None = None) -> dt.datetime:
    """Return the first slot later than `after`, on a served day, on or after the local date `not_before`."""
    day = local_day(subscription, after) - DAY  # a slot in a gap can fall on the next local day
    if not_before is not None:
        day = max(day, not_before)
    return next(
        at
        for at, candidate in ((slot(subscription, day + n * DAY), day + n * DAY) for n in count())
        if at > after and subscription.days.include(candidate)
    )


def is_open(subscription: Subscription, now: dt.datetime) -> bool:
    """Tell whether something due may go out at `now`.

    A served day opens at its slot and stays open until the next day's slot where that day is served too, else until midnight. So a
    late digest goes out when it arrives, and never on a day that the subscription left out.
    """
    today = local_day(subscription, now)
    if now >= slot(subscription, today):
        return subscription.days.include(today)
    return subscription.days.include(today) and subscription.days.include(today - DAY)
