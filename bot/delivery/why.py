"""Why a paper did or did not reach a destination: one value for each thing there is to say."""

import datetime as dt
from dataclasses import dataclass

from bot.delivery.planner import Edition, Shelf, goes_out, outstanding
from bot.delivery.ports import Clock, Ledger, Renderer, Subscriptions
from bot.domain.delivery import Delivery, DeliveryState, PartState
from bot.domain.digest import Paper
from bot.domain.post import Post
from bot.domain.relevance import Excluded, Fits, Lacks, Reason, explain
from bot.domain.schedule import local_day
from bot.domain.subscription import Destination, Pause, Subscription
from bot.domain.topics import Topics, text_of

Message = tuple[int, int]
"""Channel and message."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """It was delivered."""

    at: dt.datetime
    message: Message | None
    """The one that shows the paper; None where a moderator removed it already."""
    surely: bool
    """False where digest, style or topics were changed since: then it is likely, for today's topics take it."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The digest was delivered, or will be, without this paper: the topics leave it out."""

    reason: Excluded | Lacks
    message: Message | None
    surely: bool
    """False where the topics may have been others when the digest went out."""


@dataclass(frozen=True, slots=True)
class NoneMatched:
    """The digest was skipped: no paper of it matched the topics."""

    reason: Reason
    """As of today; `Fits` where the topics were changed since."""


@dataclass(frozen=True, slots=True)
class Underway:
    """The digest is being delivered."""


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """Discord found the digest's messages invalid; the operator knows."""


@dataclass(frozen=True, slots=True)
class NotSubscribed:
    """Nothing is subscribed there, and the digest never came."""


@dataclass(frozen=True, slots=True)
class OnHold:
    """The destination refused and gets nothing."""

    pause: Pause


@dataclass(frozen=True, slots=True)
class Waits:
    """It comes with its digest then."""

    until: dt.datetime


@dataclass(frozen=True, slots=True)
class BeforeSubscription:
    """The digest is older than the subscription, which began with the newest there was."""

    since: dt.datetime


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Newer digests had gone out when this one came, or too many were missed at once: it is in the archive alone."""


Why = (
    Arrived
    | LeftOut
    | NoneMatched
    | Underway
    | Undeliverable
    | NotSubscribed
    | OnHold
    | Waits
    | BeforeSubscription
    | PassedOver
)


class Explainer:
    """Says why, from ledger, subscription and topics."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        subscriptions: Subscriptions,
        renderer: Renderer,
        clock: Clock,
        catch_up_limit: int,
    ) -> None:
        self._ledger = ledger
        self._subscriptions = subscriptions
        self._renderer = renderer
        self._clock = clock
        self._catch_up_limit = catch_up_limit

    async def why(self, shelf: Shelf, edition: Edition, paper: Paper, destination: Destination) -> Why:
        """Explain one paper of a digest on the shelf to one destination."""
        subscription = await self._subscriptions.get(destination)
        delivery = await self._ledger.delivery(edition.known.key, destination)
        if delivery is not None:
            return self._looking_back(delivery, edition, paper, subscription)
        if subscription is None:
            return NotSubscribed()
        return await self._looking_ahead(shelf, edition, paper, subscription)

    def _looking_back(
        self, delivery: Delivery, edition: Edition, paper: Paper, subscription: Subscription | None
    ) -> Why:
        match delivery.state:
            case DeliveryState.OPEN:
                return Underway() if subscription and subscription.pause is None else _on_hold(subscription)
            case DeliveryState.FAILED:
                return Undeliverable()
            case DeliveryState.SKIPPED:
                return NoneMatched(_reason(paper, subscription))
            case DeliveryState.DONE:
                return self._delivered(delivery, edition, paper, subscription)

    def _delivered(
        self, delivery: Delivery, edition: Edition, paper: Paper, subscription: Subscription | None
    ) -> Arrived | LeftOut:
        posts = self._renderer.posts(edition.digest, edition.known.key, subscription) if subscription else ()
        unchanged = [post.content_hash for post in posts] == [part.content_hash for part in delivery.parts]
        message = _message(delivery, posts, paper)
        reason = _reason(paper, subscription)
        if isinstance(reason, Fits):
            return Arrived(delivery.settled_at or delivery.opened_at, message, unchanged)
        return LeftOut(reason, message, unchanged)

    async def _looking_ahead(self, shelf: Shelf, edition: Edition, paper: Paper, subscription: Subscription) -> Why:
        if subscription.pause is not None:
            return OnHold(subscription.pause)
        now = self._clock.now()
        history = await self._ledger.history(subscription.destination)
        pending = outstanding(shelf, subscription, history, now, limit=self._catch_up_limit)
        if edition.known.key in {each.known.key for each in pending}:
            reason = _reason(paper, subscription)
            if not isinstance(reason, Fits):
                return LeftOut(reason, None, surely=True)
            return Waits(goes_out(subscription, edition, now))
        if edition.date < local_day(subscription, subscription.created_at):
            return BeforeSubscription(subscription.created_at)
        return PassedOver()


def _reason(paper: Paper, subscription: Subscription | None) -> Reason:
    return explain(Topics.parse(subscription.keywords if subscription else ""), text_of(paper))


def _on_hold(subscription: Subscription | None) -> OnHold | NotSubscribed:
    return OnHold(subscription.pause) if subscription and subscription.pause else NotSubscribed()


def _message(delivery: Delivery, posts: tuple[Post, ...], paper: Paper) -> Message | None:
    """Return the message whose control offers the paper, else the first."""
    showing = (
        ordinal
        for ordinal, post in enumerate(posts, 1)
        if post.menu and paper.ordinal in {choice.ordinal for choice in post.menu.choices}
    )
    wanted = next(showing, 1)
    sent = {part.ordinal: part for part in delivery.parts if part.state is PartState.SENT}
    part = sent.get(wanted)
    return None if part is None or part.message_id is None else (part.channel_id, part.message_id)
