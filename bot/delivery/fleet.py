"""Many deliveries under way at once, never two to the same destination, and a bounded number in flight."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never, cast

from bot.delivery.courier import Carried, Courier, NoMatch, Receipt, Tally, TokenRefused, TurnedAway, Underway, Unfit
from bot.delivery.planner import Edition
from bot.domain.subscription import Destination, Subscription

log = logging.getLogger(__name__)

IN_FLIGHT = 64
"""Deliveries carried at once; at 50 requests a second and a second of latency more would only wait."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one destination gets now, in order."""

    subscription: Subscription
    editions: tuple[Edition, ...]


class Fleet:
    """Runs couriers until nothing is left to carry."""

    def __init__(self, courier: Courier, *, in_flight: int = IN_FLIGHT) -> None:
        self._courier = courier
        self._in_flight = in_flight
        self._queue: deque[tuple[Run, asyncio.Future[Receipt]]] = deque()
        self._busy: set[Destination] = set()
        self._workers: set[asyncio.Task[None]] = set()
        self._results: Counter[str] = Counter()
        self.token_refused = asyncio.Event()

    @property
    def tally(self) -> Tally:
        """What the courier has met since the start."""
        return self._courier.tally

    def dispatch(self, runs: Iterable[Run]) -> list[asyncio.Future[Receipt]]:
        """Take runs on, less those whose destination is being served; each future gives the run's last receipt."""
        futures = []
        for run in runs:
            destination = run.subscription.destination
            if destination in self._busy or self._courier.stopping:
                continue
            self._busy.add(destination)
            future: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
            self._queue.append((run, future))
            futures.append(future)
            if len(self._workers) < self._in_flight:
                worker = asyncio.create_task(self._work(), name="courier")
                self._workers.add(worker)
        return futures

    async def idle(self) -> None:
        """Return when everything taken on is settled or put off."""
        while self._workers:
            await asyncio.wait(set(self._workers))

    async def stop(self, seconds: float) -> None:
        """Finish the requests in flight and begin nothing new; what is not done after `seconds` is left to the next start."""
        self._courier.stopping = True
        workers = set(self._workers)
        if workers:
            _, late = await asyncio.wait(workers, timeout=seconds)
            for worker in late:
                worker.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work(self) -> None:
        try:
            await self._empty_queue()
        finally:
            self._workers.remove(cast("asyncio.Task[None]", asyncio.current_task()))
            if not self._workers:
                self._report()

    async def _empty_queue(self) -> None:
        while self._queue:
            run, future = self._queue.popleft()
            try:
                receipt = await self._carry(run)
            except Exception as error:  # the boundary of a delivery: one failure stays one
                log.exception("a delivery to %s broke off", run.subscription.destination)
                future.set_exception(error)
                future.exception()  # nobody may be waiting for it
            else:
                if not future.done():
                    future.set_result(receipt)
            finally:
                self._busy.discard(run.subscription.destination)
                if not future.done():
                    future.cancel()

    async def _carry(self, run: Run) -> Receipt:
        receipt: Receipt = Underway()
        if self._courier.messenger.is_withholding:
            return receipt  # a later look goes on
        subscription = await self._courier.subscriptions.get(run.subscription.destination)
        if subscription is None:
            return receipt  # unsubscribed while it waited for its turn
        for edition in run.editions:
            receipt = await self._courier.carry(edition, subscription)
            self._results[type(receipt).__name__] += 1
            match receipt:
                case Carried() | NoMatch() | Unfit():
                    continue
                case TurnedAway() | Underway():
                    break
                case TokenRefused():
                    self._courier.stopping = True
                    self.token_refused.set()
                    break
                case _:
                    assert_never(receipt)
        return receipt

    def _report(self) -> None:
        results = self._results
        log.info(
            "deliveries: %d delivered, %d without a matching topic, %d refused, %d rejected, %d put off",
            *(results[kind.__name__] for kind in (Carried, NoMatch, TurnedAway, Unfit, Underway)),
        )
        results.clear()
