"""Carry one digest to one destination: each part exactly once, whatever the network does.

The steps of a part: *claim* (the intention is on disk before any request), *send* with a nonce that stays the same for every attempt,
*settle*. An attempt of unknown outcome is repeated within `NONCE_WINDOW`, inside which Discord drops the repeat; after that the
channel is read back. A message that can neither be found nor be shown to be missing is sent again: a duplicate is seen and forgiven,
a hole is not. That case is counted and told to the operator.
"""

import datetime as dt
import hashlib
import logging
from base64 import b32encode
from dataclasses import dataclass, field
from typing import assert_never

from bot.delivery.planner import Edition
from bot.delivery.ports import Clock, Ledger, Messenger, Operator, Renderer, Subscriptions
from bot.domain.delivery import (
    Absent,
    Delivery,
    DeliveryState,
    Found,
    Outcome,
    Part,
    PartState,
    Refusal,
    Refused,
    Rejected,
    Sent,
    Unauthorized,
    Unknown,
    Unreadable,
)
from bot.domain.post import Post
from bot.domain.subscription import Subscription

log = logging.getLogger(__name__)

NONCE_WINDOW = dt.timedelta(seconds=90)
"""Discord checks a nonce "in the past few minutes" (Create Message) and names no figure; this is well inside."""
LEASE = dt.timedelta(seconds=30)
"""How long a claim stands without a word from its owner: longer than one request may take, far shorter than the nonce window."""
PERSISTENCE = dt.timedelta(minutes=3)
"""How long one run stays with one part; then its place is free for others, and a later tick goes on."""
LONGEST_BACK_OFF = 5.0
"""Seconds between two attempts at most."""


@dataclass(frozen=True, slots=True)
class Carried:
    """All parts stand in the channel."""


@dataclass(frozen=True, slots=True)
class NoMatch:
    """No paper matches the subscription's topics; nothing was sent."""


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """The destination refused and is paused now."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Unfit:
    """Discord finds the message invalid; the operator knows."""

    detail: str


@dataclass(frozen=True, slots=True)
class Underway:
    """Not finished: another process has it, or the program is stopping. A later tick goes on."""


@dataclass(frozen=True, slots=True)
class TokenRefused:
    """The token is no longer valid; everything must stop."""


Receipt = Carried | NoMatch | TurnedAway | Unfit | Underway | TokenRefused


@dataclass(slots=True)
class Tally:
    """What the courier has met since the start."""

    sent: int = 0
    recovered: int = 0
    """Parts whose outcome was unknown and that the channel's history showed to have arrived."""
    repeated: int = 0
    """Parts sent again although they may have arrived."""
    refused: int = 0
    rejected: int = 0
    retried: int = 0


@dataclass(slots=True, kw_only=True)
class Courier:
    """Carries deliveries for one process."""

    ledger: Ledger
    messenger: Messenger
    renderer: Renderer
    subscriptions: Subscriptions
    operator: Operator
    clock: Clock
    owner: str
    """Names this process in its claims."""
    tally: Tally = field(default_factory=Tally)
    stopping: bool = False
    """Once set, no new part is begun."""

    async def carry(self, edition: Edition, subscription: Subscription) -> Receipt:
        """Deliver a digest, or finish a delivery begun earlier."""
        destination = subscription.destination
        delivery = await self.ledger.open(edition.known.key, edition.date, destination, self.clock.now())
        if delivery.state in {DeliveryState.DONE, DeliveryState.FAILED}:
            return Carried()
        posts = self.renderer.posts(edition.digest, edition.known.key, subscription)
        if not posts:
            await self.ledger.close(delivery.key, DeliveryState.SKIPPED, self.clock.now())
            return NoMatch()
        done = {part.ordinal for part in delivery.parts if part.state is PartState.SENT}
        for ordinal, post in enumerate(posts, 1):
            if ordinal in done:
                continue
            stop = await self._carry_part(delivery, ordinal, post, subscription)
            if stop is not None:
                return stop
        await self.ledger.close(delivery.key, DeliveryState.DONE, self.clock.now())
        return Carried()

    async def _carry_part(
        self, delivery: Delivery, ordinal: int, post: Post, subscription: Subscription
    ) -> Receipt | None:
        """Deliver one part; None once it stands, else why the delivery stops here."""
        begun = self.clock.now()
        while not self.stopping and self.clock.now() - begun < PERSISTENCE:
            part = await self._claim(delivery, ordinal, post, subscription)
            if part is None:
                return Underway()
            outcome = await self._attempt(part, post)
            match outcome:
                case Sent(message_id):
                    await self.ledger.sent(part, message_id, self.clock.now())
                    self.tally.sent += 1
                    return None
                case Unknown(detail):
                    self.tally.retried += 1
                    log.warning("outcome unknown, trying again: %s part %d: %s", delivery.destination, ordinal, detail)
                    await self.clock.sleep(min(LONGEST_BACK_OFF, 0.5 * 2 ** (part.attempts - 1)))
                case Absent():
                    await self.ledger.release(part)
                case Refused() | Rejected() | Unauthorized():
                    if (
                        part.attempts == 1
                    ):  # an earlier attempt may have arrived: then the claim must stay to be read back
                        await self.ledger.release(part)
                    return await self._give_up(delivery, outcome)
                case _:
                    assert_never(outcome)
        return Underway()

    async def _claim(self, delivery: Delivery, ordinal: int, post: Post, subscription: Subscription) -> Part | None:
        return await self.ledger.claim(
            delivery.key,
            ordinal,
            nonce=nonce(delivery, ordinal),
            content_hash=post.content_hash,
            channel_id=subscription.channel_id,
            owner=self.owner,
            at=self.clock.now(),
            lease=LEASE,
        )

    async def _attempt(self, part: Part, post: Post) -> Outcome | Absent:
        """Send; where Discord may have forgotten the nonce, find out instead what became of earlier attempts."""
        if part.attempts == 1 or self.clock.now() - part.first_attempt_at < NONCE_WINDOW:
            return await self.messenger.send(part.channel_id, post, part.nonce)
        seen = await self.messenger.look_back(part.channel_id, post, part.first_attempt_at)
        match seen:
            case Found(message_id):
                self.tally.recovered += 1
                return Sent(message_id)
            case Unreadable(detail):
                self.tally.repeated += 1
                sentence = (
                    f"A message to <#{part.channel_id}> may stand there twice: its outcome can't be learnt ({detail})."
                )
                await self.operator.alert(f"repeated:{part.channel_id}", sentence)
                return Absent()
            case Absent() | Unknown() | Refused() | Unauthorized():
                return seen
            case _:
                assert_never(seen)

    async def _give_up(self, delivery: Delivery, outcome: Refused | Rejected | Unauthorized) -> Receipt:
        destination = delivery.destination
        match outcome:
            case Refused(refusal, detail):
                self.tally.refused += 1
                if await self.subscriptions.pause(destination, refusal, self.clock.now()):
                    log.warning("paused %s: %s (%s)", destination, refusal, detail)
                    await self.operator.alert(f"paused:{destination}", f"{destination} refuses and is paused: {detail}")
                return TurnedAway(refusal)
            case Rejected(detail):
                self.tally.rejected += 1
                log.error("Discord rejects a message to %s: %s", destination, detail)
                await self.ledger.close(delivery.key, DeliveryState.FAILED, self.clock.now())
                await self.operator.alert(f"rejected:{delivery.digest}", f"Discord rejects a message: {detail}")
                return Unfit(detail)
            case Unauthorized(detail):
                log.critical("Discord no longer takes the token: %s", detail)
                return TokenRefused()
            case _:
                assert_never(outcome)


def nonce(delivery: Delivery, ordinal: int) -> str:
    """Return a part's nonce: 24 characters (Discord takes 25), unique to the part, the same after any restart."""
    text = f"{delivery.destination}/{delivery.key}/{delivery.opened_at.isoformat()}/{ordinal}"
    return b32encode(hashlib.sha256(text.encode()).digest())[:24].decode().lower()
