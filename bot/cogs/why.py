"""Why a paper did or did not reach somebody, in words."""

import datetime as dt
from typing import assert_never

from bot.chat.answers import link_to
from bot.cogs.reasons import reason, remedy
from bot.cogs.topics import because
from bot.delivery.why import (
    Arrived,
    BeforeSubscription,
    LeftOut,
    Message,
    NoneMatched,
    NotSubscribed,
    OnHold,
    PassedOver,
    Undeliverable,
    Underway,
    Waits,
    Why,
)
from bot.domain.delivery import Refusal
from bot.domain.relevance import Fits, Reason
from bot.locales.words import Words


def said(why: Why, guild_id: int | None, zone: dt.tzinfo, say: Words) -> str:
    """Say it; `guild_id` is the server of the destination, None for direct messages."""
    match why:
        case Arrived() | LeftOut():
            return _of_a_delivery(why, guild_id, zone, say)
        case NoneMatched(reason_):
            return _of_a_skipped_digest(reason_, say)
        case OnHold() | Waits() | BeforeSubscription() | PassedOver():
            return _of_a_subscription(why, zone, say)
        case Underway():
            return say("Its digest is on its way.")
        case Undeliverable():
            return say("Discord did not accept its digest. The operator has been told.")
        case NotSubscribed():
            return say("Nothing is subscribed, so nothing was delivered.")
        case _:
            assert_never(why)


def _of_a_delivery(why: Arrived | LeftOut, guild_id: int | None, zone: dt.tzinfo, say: Words) -> str:
    match why:
        case Arrived(at, message, surely):
            sentence = say(
                "It was delivered on {when}. {link}", when=_when(at, zone, say), link=_link(guild_id, message)
            )
            return sentence.rstrip() if surely else f"{sentence.rstrip()} {_changed(say)}"
        case LeftOut(reason_, None, _):
            return say("It will not come, for the topics leave it out: it {because}.", because=because(reason_, say))
        case LeftOut(reason_, message, surely):
            sentence = say(
                "Its digest was delivered without it, for the topics leave it out: it {because}. {link}",
                because=because(reason_, say),
                link=_link(guild_id, message),
            ).rstrip()
            return sentence if surely else f"{sentence} {_changed(say)}"
        case _:
            assert_never(why)


def _of_a_skipped_digest(today: Reason, say: Words) -> str:
    if isinstance(today, Fits):
        return say("Its digest was skipped, for no paper of it matched the topics of that day. They are others now.")
    return say(
        "Its digest was skipped, for no paper of it matched the topics: this one {because}.",
        because=because(today, say),
    )


def _of_a_subscription(why: OnHold | Waits | BeforeSubscription | PassedOver, zone: dt.tzinfo, say: Words) -> str:
    match why:
        case OnHold(pause):
            refusal = Refusal(pause.reason)
            return say(
                "Deliveries have been paused since {when}: {reason} {remedy}",
                when=_when(pause.since, zone, say),
                reason=reason(refusal, say),
                remedy=remedy(refusal, say),
            )
        case Waits(until):
            return say(
                "It waits for its time: {when} ({relative}).",
                when=_when(until, zone, say),
                relative=f"<t:{int(until.timestamp())}:R>",
            )
        case BeforeSubscription(since):
            return say(
                "It is older than what the subscription of {when} began with: the newest digest there was then.",
                when=_when(since, zone, say),
            )
        case PassedOver():
            return say("When it could have gone out, newer digests already had. Older ones go to the archive alone.")
        case _:
            assert_never(why)


def _when(at: dt.datetime, zone: dt.tzinfo, say: Words) -> str:
    return say.moment(at.astimezone(zone))


def _link(guild_id: int | None, message: Message | None) -> str:
    return "" if message is None else link_to(guild_id, *message)


def _changed(say: Words) -> str:
    return say("(Topics, style or digest have changed since: this is how it looks today.)")
