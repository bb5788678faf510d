"""Why a destination is paused and what to do about it, in words."""

from typing import assert_never

from bot.domain.delivery import Refusal
from bot.locales.words import Words


def reason(refusal: Refusal, say: Words) -> str:  # noqa: PLR0911  a sentence for each
    """Say why nothing is sent there."""
    match refusal:
        case Refusal.CHANNEL_GONE:
            return say("Discord says that this channel no longer exists.")
        case Refusal.NO_ACCESS:
            return say("I can't see this channel: the permission View Channel is missing.")
        case Refusal.NO_PERMISSION:
            return say("I may not write there: a permission such as Send Messages is missing.")
        case Refusal.DM_CLOSED:
            return say("Your privacy settings don't let me send you direct messages.")
        case Refusal.NO_MUTUAL_SERVER:
            return say("We no longer share a server, so Discord lets me send you nothing.")
        case Refusal.ARCHIVED:
            return say("This thread is archived and locked.")
        case Refusal.OTHER:
            return say("Discord refused my last message there.")
        case _:
            assert_never(refusal)


def remedy(refusal: Refusal, say: Words) -> str:
    """Say what to do so that it is served again."""
    match refusal:
        case Refusal.CHANNEL_GONE:
            return say("Use `/channel unsubscribe` for it, and `/channel subscribe` for another channel.")
        case Refusal.NO_ACCESS | Refusal.NO_PERMISSION | Refusal.OTHER:
            return say(
                "Give me View Channel, Send Messages and Embed Links there, then use `/channel subscribe` once more."
            )
        case Refusal.DM_CLOSED:
            return say(
                "Allow direct messages in the privacy settings of a server that we share, then use `/dm subscribe` once more."
            )
        case Refusal.NO_MUTUAL_SERVER:
            return say("Join a server that I am in, or add me to your apps, then use `/dm subscribe` once more.")
        case Refusal.ARCHIVED:
            return say("Open the thread again, then use `/channel subscribe` there once more.")
        case _:
            assert_never(refusal)
