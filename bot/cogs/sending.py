"""What became of a digest that somebody asked to have at once, in words."""

from typing import assert_never

from bot.chat.answers import link_to
from bot.cogs.reasons import reason, remedy
from bot.delivery.service import (
    AlreadyHad,
    Delivered,
    NothingMatches,
    NothingYet,
    Pending,
    SendNow,
    Undeliverable,
)
from bot.domain.subscription import Subscription
from bot.locales.words import Words


def said(result: SendNow, subscription: Subscription, say: Words) -> str:
    """Say it, with a link where there is something to see."""
    match result:
        case Delivered(digest, message):
            return say(
                "The digest of {date} has been sent. {link}",
                date=say.date(digest.date),
                link=_link(message, subscription),
            )
        case AlreadyHad(digest, message):
            return say(
                "The digest of {date} was sent before and is not repeated. {link}",
                date=say.date(digest.date),
                link=_link(message, subscription),
            )
        case NothingYet():
            return say("There is no digest yet; the first one comes as soon as its author has written it.")
        case NothingMatches(digest):
            return say("No paper of the newest digest ({date}) matches the topics.", date=say.date(digest.date))
        case Undeliverable(refusal):
            return f"⚠️ {reason(refusal, say)} {remedy(refusal, say)}"
        case Pending(digest):
            return say("The digest of {date} is on its way.", date=say.date(digest.date))
        case _:
            assert_never(result)


def _link(message: tuple[int, int] | None, subscription: Subscription) -> str:
    return "" if message is None else link_to(subscription.guild_id, *message)
