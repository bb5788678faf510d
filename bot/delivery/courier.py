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
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import assert_never

from bot.delivery.planner import Edition
from bot.delivery.ports import Clock, Ledger, Messenger, Operator, Renderer, Subscriptions
from bot.domain.delivery import (
    Absent,
    Delivery,
    DeliveryState,
    Found,
    Look,
    LookBack,
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
    Withheld,
)
from bot.domain.post import Post, Thread
from bot.domain.refusals import is_certain, is_news, refused
from bot.domain.subscription import ChannelKind, Subscription

log = logging.getLogger(__name__)

NONCE_WINDOW = dt.timedelta(seconds=90)
"""Discord checks a nonce "in the past few minutes" (Create Message) and names no figure; this is well inside."""
ATTEMPT = dt.timedelta(seconds=15)
"""For one attempt, repeats after a 5xx and all waiting included."""
LEASE = dt.timedelta(seconds=30)
"""How long a claim stands without a word from its owner: longer than one request may take, far shorter than the nonce window."""
PERSISTENCE = dt.timedelta(minutes=3)
"""How long one run stays with one part; then its place is free for others, and a later tick goes on."""
ARRIVAL = dt.timedelta(seconds=45)
"""After which a request that was sent is certainly over: thrice what one attempt may take."""
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


@dataclass(frozen=True, slots=True)
class Timing:
    """How long is waited for what; each of the first three is a fraction of the next."""

    attempt: dt.timedelta = ATTEMPT
    lease: dt.timedelta = LEASE
    nonce_window: dt.timedelta = NONCE_WINDOW
    persistence: dt.timedelta = PERSISTENCE
    arrival: dt.timedelta = ARRIVAL


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
    corrected: int = 0
    """Messages edited because their digest was."""
    published: int = 0
    """Messages handed on to the followers of an announcement channel."""


@dataclass(slots=True)
class Load:
    """A delivery on its way, with all that each of its parts needs."""

    delivery: Delivery
    subscription: Subscription
    """With the look of this delivery."""
    thread: Thread | None = None
    """What the first part opens, in a forum."""
    thread_id: int | None = field(init=False)
    """Where the parts after the first go, in a forum; None until the first one stands."""
    is_welcome: bool = False
    """Set once a paused destination has taken a part of it."""

    def __post_init__(self) -> None:
        first = next(iter(self.delivery.parts), None)
        is_open = self.thread is not None and first is not None and first.state is PartState.SENT
        self.thread_id = first.channel_id if is_open and first else None


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
    timing: Timing = Timing()
    tally: Tally = field(default_factory=Tally)
    stopping: bool = False
    """Once set, no new part is begun."""

    async def carry(self, edition: Edition, subscription: Subscription) -> Receipt:
        """Deliver a digest, or finish a delivery begun earlier."""
        delivery = await self.ledger.open(
            edition.known.key, edition.date, subscription.destination, self.clock.now(), Look.of(subscription)
        )
        if delivery.state in {DeliveryState.DONE, DeliveryState.FAILED}:
            return Carried()
        wishes = delivery.look.on(subscription) if delivery.look else subscription
        posts = self.renderer.posts(edition.digest, edition.known.key, wishes)
        if not posts:
            await self.ledger.close(delivery.key, DeliveryState.SKIPPED, self.clock.now())
            return NoMatch()
        stop = await self._carry_all(Load(delivery, wishes, self.thread(edition, wishes)), posts)
        if stop is not None:
            return stop
        shows_one = all(
            part.content_hash == post.content_hash for part, post in zip(delivery.parts, posts, strict=False)
        )
        revision = edition.known.revision if shows_one and len(delivery.parts) <= len(posts) else None
        await self.ledger.close(delivery.key, DeliveryState.DONE, self.clock.now(), revision)
        return Carried()

    def thread(self, edition: Edition, subscription: Subscription) -> Thread | None:
        """Return the thread that a delivery opens, in a forum."""
        is_forum = subscription.channel_kind is ChannelKind.FORUM
        return self.renderer.thread(edition.digest, subscription) if is_forum else None

    async def _carry_all(self, load: Load, posts: Sequence[Post]) -> Receipt | None:
        done = {part.ordinal for part in load.delivery.parts if part.state is PartState.SENT}
        for ordinal, post in enumerate(posts, 1):
            if ordinal not in done:
                stop = await self.carry_part(load, ordinal, post)
                if stop is not None:
                    return stop
        return None

    async def carry_part(self, load: Load, ordinal: int, post: Post) -> Receipt | None:
        """Deliver one part; None once it stands, else why the delivery stops here."""
        delivery, begun = load.delivery, self.clock.now()
        while not self.stopping and self.clock.now() - begun < self.timing.persistence:
            part = await self._claim(load, ordinal, post)
            if part is None:
                return Underway()
            outcome = await self._attempt(load, part, post)
            match outcome:
                case Sent(message_id, channel_id):
                    await self.ledger.sent(part, message_id, self.clock.now(), channel_id)
                    await self._welcome_back(load)
                    load.thread_id = load.thread_id or channel_id
                    self.tally.sent += 1
                    return None
                case Unknown(detail):
                    self.tally.retried += 1
                    log.warning("outcome unknown, trying again: %s part %d: %s", delivery.destination, ordinal, detail)
                    await self.clock.sleep(min(LONGEST_BACK_OFF, 0.5 * 2 ** (part.attempts - 1)))
                case Absent():
                    await self.ledger.release(part)
                case Refused() | Rejected() | Unauthorized() | Withheld():
                    if (
                        part.attempts == 1
                    ):  # an earlier attempt may have arrived: then the claim must stay to be read back
                        await self.ledger.release(part)
                    return await self._give_up(load, outcome)
                case _:
                    assert_never(outcome)
        return Underway()

    async def _claim(self, load: Load, ordinal: int, post: Post) -> Part | None:
        return await self.ledger.claim(
            load.delivery.key,
            ordinal,
            nonce=nonce(load.delivery, ordinal),
            content_hash=post.content_hash,
            channel_id=load.thread_id or load.subscription.channel_id,
            owner=self.owner,
            at=self.clock.now(),
            lease=self.timing.lease,
        )

    async def _attempt(self, load: Load, part: Part, post: Post) -> Outcome | Absent:
        """Send; where Discord may have forgotten the nonce, or takes none, find out instead what became of earlier attempts."""
        if load.thread is not None and load.thread_id is None:
            return await self._attempt_thread(load, load.thread, part, post)
        if part.attempts == 1 or self.clock.now() - part.first_attempt_at < self.timing.nonce_window:
            return await self.messenger.send(part.channel_id, post, part.nonce)
        return await self._judge(part, await self.messenger.look_back(part.channel_id, post, part.first_attempt_at))

    async def _attempt_thread(self, load: Load, thread: Thread, part: Part, post: Post) -> Outcome | Absent:
        """Open a forum's thread, once: Discord takes no nonce there, so an unknown outcome is looked up and never repeated blindly."""
        forum_id, guild_id = load.subscription.channel_id, load.subscription.guild_id or 0
        if part.attempts == 1:
            return await self.messenger.open_thread(forum_id, thread, post)
        since = part.first_attempt_at
        seen = await self.messenger.find_thread(forum_id, guild_id, thread, post, since)
        if isinstance(seen, Absent) and self.clock.now() - since < self.timing.arrival:
            return Unknown("the thread is not there yet, and may still arrive")
        return await self._judge(part, seen)

    async def _judge(self, part: Part, seen: LookBack) -> Outcome | Absent:
        """Return what the channel shows of earlier attempts."""
        match seen:
            case Found(message_id, channel_id):
                self.tally.recovered += 1
                return Sent(message_id, channel_id)
            case Unreadable(detail):
                self.tally.repeated += 1
                sentence = (
                    f"A message to <#{part.channel_id}> may stand there twice: its outcome can't be learnt ({detail})."
                )
                await self.operator.alert(f"repeated:{part.channel_id}", sentence)
                return Absent()
            case Absent() | Unknown() | Refused() | Unauthorized() | Withheld():
                return seen
            case _:
                assert_never(seen)

    async def _welcome_back(self, load: Load) -> None:
        """Serve a destination again that had refused."""
        pause, destination = load.subscription.pause, load.delivery.destination
        if pause is None or load.is_welcome or not await self.subscriptions.resume(destination):
            return
        load.is_welcome = True
        log.info("%s takes messages again", destination)
        if is_certain(pause):
            await self.operator.recovered(f"paused:{destination}", f"{destination} takes messages again.")

    async def _give_up(self, load: Load, outcome: Refused | Rejected | Unauthorized | Withheld) -> Receipt:
        delivery = load.delivery
        match outcome:
            case Refused():
                return await self._pause(load, outcome)
            case Rejected(detail):
                self.tally.rejected += 1
                log.error("Discord rejects a message to %s: %s", delivery.destination, detail)
                await self.ledger.close(delivery.key, DeliveryState.FAILED, self.clock.now())
                await self.operator.alert(f"rejected:{delivery.digest}", f"Discord rejects a message: {detail}")
                return Unfit(detail)
            case Unauthorized(detail):
                log.critical("Discord no longer takes the token: %s", detail)
                return TokenRefused()
            case Withheld():
                return Underway()
            case _:
                assert_never(outcome)

    async def _pause(self, load: Load, outcome: Refused) -> Receipt:
        destination = load.delivery.destination
        pause = refused(outcome.refusal, load.subscription.pause, self.clock.now())
        self.tally.refused += 1
        await self.subscriptions.pause(destination, pause)
        log.warning("%s refuses (%s, strike %d): %s", destination, outcome.refusal, pause.strikes, outcome.detail)
        if is_news(pause):
            sentence = f"{destination} refuses and is paused: {outcome.detail}"
            await self.operator.alert(f"paused:{destination}", sentence)
        return TurnedAway(outcome.refusal)


def nonce(delivery: Delivery, ordinal: int) -> str:
    """Return a part's nonce: 24 characters (Discord takes 25), unique to the part, the same after any restart."""
    text = f"{delivery.destination}/{delivery.key}/{delivery.opened_at.isoformat()}/{ordinal}"
    return b32encode(hashlib.sha256(text.encode()).digest())[:24].decode().lower()
