"""How a subscription stands: its wishes, what comes next, what came last, and what keeps it from being served."""

import datetime as dt
from itertools import takewhile

from bot.chat.answers import link_to
from bot.chat.services import Services
from bot.cogs.reasons import reason, remedy
from bot.cogs.wishes import described
from bot.domain.delivery import Delivery, DeliveryState, History, Refusal
from bot.domain.subscription import Pause, Subscription
from bot.locales.words import Words


async def overview(subscription: Subscription, services: Services, say: Words) -> tuple[str, ...]:
    """Return it as lines for a list of bullets."""
    last = await services.ledger.latest(subscription.destination)
    lines = [described(subscription, say)]
    if subscription.pause is None:
        lines.append(say("next delivery: {when}", when=await next_delivery(subscription, services, say)))
    else:
        lines += _paused(subscription.pause, subscription, say)
    lines.append(_last(last, subscription, say))
    history = await services.ledger.history(subscription.destination)
    return (*lines, *_skipped(history, say))


async def next_delivery(subscription: Subscription, services: Services, say: Words) -> str:
    """Say when the next digest is due, in the subscription's zone and from now."""
    at = await services.deliveries.next_delivery(subscription)
    return f"{moment(at, subscription, say)} ({_from_now(at)})"


def moment(instant: dt.datetime, subscription: Subscription, say: Words) -> str:
    """Say an instant as a clock in the subscription's zone shows it."""
    return say.moment(instant.astimezone(subscription.zone))


def _paused(pause: Pause, subscription: Subscription, say: Words) -> list[str]:
    """Say why nothing is sent, what to do about it, and when it is tried once more."""
    refusal, since = Refusal(pause.reason), moment(pause.since, subscription, say)
    said = say(
        "⚠️ paused since {when}: {reason} {remedy}",
        when=since,
        reason=reason(refusal, say),
        remedy=remedy(refusal, say),
    )
    if pause.probe_at is None:
        return [said]
    return [said, say("next try: {when}", when=_from_now(pause.probe_at))]


def _from_now(instant: dt.datetime) -> str:
    """Return what Discord shows as “in 3 hours”, in the reader's own language."""
    return f"<t:{int(instant.timestamp())}:R>"


def _skipped(history: History, say: Words) -> list[str]:
    """Name the digests skipped since the last one delivered."""
    skipped = list(takewhile(lambda each: each.state is DeliveryState.SKIPPED, history.deliveries))
    if not skipped:
        return []
    days = [say.date(each.digest_date) for each in reversed(skipped)]
    shown = ", ".join(days if len(days) <= 3 else [days[0], "…", days[-1]])
    return [
        say.count(
            "skipped since then, for no paper matched the topics: {days}",
            "skipped since then, for no paper matched the topics: {n} digests ({days})",
            len(days),
            days=shown,
        )
    ]


def _last(delivery: Delivery | None, subscription: Subscription, say: Words) -> str:
    if delivery is None:
        return say("nothing delivered yet")
    sent = next((part for part in delivery.parts if part.message_id is not None), None)
    link = (
        ""
        if sent is None or sent.message_id is None
        else link_to(subscription.guild_id, sent.channel_id, sent.message_id)
    )
    return say("last delivery: digest of {date} {link}", date=say.date(delivery.digest_date), link=link).rstrip()
