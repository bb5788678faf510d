"""Corrections: a digest edited within seven days changes the messages that stand already, in place and without a ping.

Only messages that look different are edited. A digest that grew into more messages than were sent gets the rest below, silently; of one
that shrank the messages left over say so in a line: they stay, for replies and reactions hang on them, and a later correction can fill
them again. Unlike a post an edit may be repeated freely, so nothing is claimed: what is still to do is what differs from the ledger.
"""

import asyncio
import datetime as dt
import logging
import random
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from bot.delivery.courier import Courier, Load
from bot.delivery.planner import Edition, Shelf
from bot.domain.delivery import (
    Delivery,
    DeliveryState,
    DigestKey,
    Done,
    Gone,
    Part,
    PartState,
    Refused,
    Rejected,
    Unauthorized,
    Unknown,
    Withheld,
)
from bot.domain.post import Post
from bot.domain.subscription import Destination, Subscription

log = logging.getLogger(__name__)

PERIOD = dt.timedelta(days=7)
"""How long after its delivery a digest is still corrected."""
IN_FLIGHT = 8
"""Deliveries corrected at once: few, for fresh ones go first."""


@dataclass(slots=True, kw_only=True)
class Corrections:
    """Looks for messages that no longer show their digest, and edits them."""

    courier: Courier
    token_refused: asyncio.Event
    _seen: Mapping[DigestKey, str] = field(default_factory=dict)
    _unfinished: bool = True
    _queue: deque[tuple[Edition, Destination]] = field(default_factory=deque)
    _workers: set["asyncio.Task[None]"] = field(default_factory=set)

    async def look(self, shelf: Shelf) -> int:
        """Begin to correct what differs from the shelf; return how many deliveries that are."""
        revisions = {edition.known.key: edition.known.revision for edition in shelf.editions}
        if self._workers or (revisions == self._seen and not self._unfinished):
            return 0
        self._seen, self._unfinished = revisions, False
        self._queue.extend(await self._outdated(shelf))
        for _ in range(min(IN_FLIGHT, len(self._queue))):
            worker = asyncio.create_task(self._work(), name="corrections")
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        return len(self._queue)

    async def idle(self) -> None:
        """Return when everything begun is corrected or put off."""
        while self._workers:
            await asyncio.wait(set(self._workers))

    async def stop(self, seconds: float) -> None:
        """Finish the edits in flight and begin no other; what is not done then is found again at the next start."""
        self._queue.clear()
        workers = set(self._workers)
        if workers:
            _, late = await asyncio.wait(workers, timeout=seconds)
            for worker in late:
                worker.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _outdated(self, shelf: Shelf) -> list[tuple[Edition, Destination]]:
        since = self.courier.clock.now() - PERIOD
        found: list[tuple[Edition, Destination]] = []
        for key in await self.courier.ledger.recent(since):
            edition = shelf.by_key.get(key)
            if edition is not None:
                places = await self.courier.ledger.outdated(key, edition.known.revision, since)
                found += [(edition, destination) for destination in places]
        random.shuffle(found)  # so that several processes seldom meet at one message
        return found

    async def _work(self) -> None:
        while self._queue and not self.courier.stopping:
            edition, destination = self._queue.popleft()
            try:
                is_settled = await self._correct(edition, destination)
            except Exception:  # the boundary of a correction: one failure stays one
                log.exception("a correction for %s broke off", destination)
                is_settled = False
            self._unfinished = self._unfinished or not is_settled

    async def _correct(self, edition: Edition, destination: Destination) -> bool:
        """Correct one delivery; False where a later look must go on."""
        delivery = await self.courier.ledger.delivery(edition.known.key, destination)
        subscription = await self.courier.subscriptions.get(destination)
        if delivery is None or delivery.state is not DeliveryState.DONE:
            return True
        if subscription is None or subscription.pause is not None or delivery.revision == edition.known.revision:
            return True  # whoever is unsubscribed or refuses is left alone
        wishes = delivery.look.on(subscription) if delivery.look else subscription
        posts = self.courier.renderer.posts(edition.digest, edition.known.key, wishes)
        emptied = self.courier.renderer.emptied(wishes)
        targets = [
            (part, posts[part.ordinal - 1] if part.ordinal <= len(posts) else emptied) for part in delivery.parts
        ]
        for part, post in targets:
            if _differs(part, post):
                outcome = await self._edit(delivery, part, post)
                if outcome is not None:
                    return outcome
        if not await self._append(edition, delivery, wishes, posts):
            return False
        await self.courier.ledger.corrected(delivery.key, edition.known.revision)
        return True

    async def _edit(self, delivery: Delivery, part: Part, post: Post) -> bool | None:
        """Edit one message; None if the next may follow, else whether the delivery is settled thereby."""
        outcome = await self.courier.messenger.edit(part.channel_id, part.message_id or 0, post)
        match outcome:
            case Done():
                self.courier.tally.corrected += 1
                await self.courier.ledger.edited(part, post.content_hash)
                return None
            case Gone():
                await self.courier.ledger.removed(part)
                return None
            case Refused(_, detail) | Rejected(detail):
                log.warning("the messages at %s stay as they are: %s", delivery.destination, detail)
                if isinstance(outcome, Rejected):
                    sentence = f"Discord rejects the correction of a message: {detail}"
                    await self.courier.operator.alert(f"rejected:{delivery.digest}", sentence)
                await self.courier.ledger.corrected(delivery.key, self._seen.get(delivery.digest, ""))
                return True
            case Unknown() | Withheld():
                return False
            case Unauthorized():
                self.courier.stopping = True
                self.token_refused.set()
                return False
            case _:
                assert_never(outcome)

    async def _append(
        self, edition: Edition, delivery: Delivery, wishes: Subscription, posts: tuple[Post, ...]
    ) -> bool:
        """Send what the digest has grown by; False where a later look must go on."""
        sent = {part.ordinal for part in delivery.parts if part.state is PartState.SENT}
        load = Load(delivery, wishes, self.courier.thread(edition, wishes))
        for ordinal, post in enumerate(posts, 1):
            if ordinal not in sent and await self.courier.carry_part(load, ordinal, post.quiet()) is not None:
                return False
        return True


def _differs(part: Part, post: Post) -> bool:
    return part.state is PartState.SENT and part.message_id is not None and part.content_hash != post.content_hash
