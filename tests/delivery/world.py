"""Stand-ins at delivery's own ports: a clock that moves when asked, and a Discord that can fail in every way it is known to."""

import datetime as dt
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.delivery import Absent, DigestKey, Done, Found, LookBack, Outcome, Sent, Unknown, Unreadable, Upkeep
from bot.domain.digest import Digest
from bot.domain.post import Embed, Post, Thread
from bot.domain.subscription import Subscription
from tests.delivery.builders import at


class Killed(BaseException):
    """The process is gone: nothing after this instant runs."""


class Fault(StrEnum):
    """What happens to one request."""

    NONE = "none"
    LOST_BEFORE = "lost before the effect"
    LOST_AFTER = "lost after the effect"
    KILLED_BEFORE = "killed before the effect"
    KILLED_AFTER = "killed after the effect"


class FakeClock:
    """Stands still until somebody sleeps or moves it."""

    def __init__(self, start: str = "2023-03-01T09:00") -> None:
        self.instant = at(start)

    def now(self) -> dt.datetime:
        return self.instant

    async def sleep(self, seconds: float) -> None:
        self.instant += dt.timedelta(seconds=seconds)


@dataclass
class FakeDiscord:
    """One Discord: remembers nonces for a while, and every message for good."""

    clock: FakeClock
    faults: deque[Fault | Outcome] = field(default_factory=deque)
    """What becomes of posts, in turn."""
    answers: deque[Upkeep] = field(default_factory=deque)
    """What becomes of edits and publishing, in turn; then all goes well."""
    readable: bool = True
    nonce_memory: dt.timedelta = dt.timedelta(seconds=120)
    messages: list[tuple[int, str, str, dt.datetime]] = field(default_factory=list)
    """(channel, mark, nonce, when)"""
    posts: list[Post] = field(default_factory=list)
    """What each message shows."""
    edits: list[int] = field(default_factory=list)
    """The messages that were edited, in turn."""
    published: list[int] = field(default_factory=list)
    threads: dict[int, Thread] = field(default_factory=dict)
    requests: int = 0
    is_withholding: bool = False

    async def send(self, channel_id: int, post: Post, nonce: str) -> Outcome:
        return self._take(channel_id, post, nonce)

    async def open_thread(self, forum_id: int, thread: Thread, post: Post) -> Outcome:
        """Open a thread whose id is that of its first message; no nonce keeps a repeat from opening another."""
        outcome = self._take(forum_id, post, f"thread {len(self.messages)}", thread)
        return Sent(outcome.message_id, outcome.message_id) if isinstance(outcome, Sent) else outcome

    async def find_thread(
        self, forum_id: int, guild_id: int, thread: Thread, post: Post, since: dt.datetime
    ) -> LookBack:
        self.requests += 1
        return next((Found(n, n) for n, opened in self.threads.items() if opened == thread), Absent())

    async def look_back(self, channel_id: int, post: Post, since: dt.datetime) -> LookBack:
        self.requests += 1
        newer = [
            (n, mark)
            for n, (channel, mark, _, when) in enumerate(self.messages, 1)
            if channel == channel_id and when >= since - dt.timedelta(minutes=1)
        ]
        if not self.readable:
            return Unreadable("the history may not be read") if newer else Absent()
        return next((Found(n) for n, mark in newer if mark == post.mark), Absent())

    async def edit(self, channel_id: int, message_id: int, post: Post) -> Upkeep:
        self.requests += 1
        answer = self.answers.popleft() if self.answers else Done()
        if isinstance(answer, Done):
            self.posts[message_id - 1] = post
            self.edits.append(message_id)
        return answer

    async def publish(self, channel_id: int, message_id: int) -> Upkeep:
        self.requests += 1
        answer = self.answers.popleft() if self.answers else Done()
        if isinstance(answer, Done):
            self.published.append(message_id)
        return answer

    def _take(self, channel_id: int, post: Post, nonce: str, thread: Thread | None = None) -> Outcome:
        self.requests += 1
        fault = self.faults.popleft() if self.faults else Fault.NONE
        if not isinstance(fault, Fault):
            return fault
        if fault is Fault.KILLED_BEFORE:
            raise Killed
        if fault is Fault.LOST_BEFORE:
            return Unknown("connection dropped")
        message_id = self._store(channel_id, post, nonce)
        if thread is not None:
            self.threads[message_id] = thread
        if fault is Fault.KILLED_AFTER:
            raise Killed
        return Unknown("connection dropped") if fault is Fault.LOST_AFTER else Sent(message_id)

    def _store(self, channel_id: int, post: Post, nonce: str) -> int:
        now = self.clock.now()
        for n, (_, _, known, when) in enumerate(self.messages, 1):
            if known == nonce and now - when < self.nonce_memory:
                return n
        self.messages.append((channel_id, post.mark, nonce, now))
        self.posts.append(post)
        return len(self.messages)

    @property
    def marks(self) -> list[str]:
        return [mark for _, mark, _, _ in self.messages]


class OnePostAPaper:
    """Renders each paper as a message of its own, so that deliveries have several parts."""

    def posts(self, digest: Digest, key: DigestKey, subscription: Subscription) -> tuple[Post, ...]:
        if subscription.keywords == "nothing":
            return ()
        return tuple(
            Post("", (Embed(paper.title, footer=f"{digest.id} {paper.ordinal}"),), None) for paper in digest.papers
        )

    def emptied(self, subscription: Subscription) -> Post:
        return Post("moved up or taken out", (), None)

    def thread(self, digest: Digest, subscription: Subscription) -> Thread:
        return Thread(digest.title, tuple(paper.title for paper in digest.papers))


class FixedDigests:
    """A shelf of digests that a test changes by hand."""

    def __init__(self, digests: Iterable[Digest] = ()) -> None:
        self.digests = tuple(digests)

    async def refresh(self) -> tuple[Digest, ...]:
        return self.digests


class Alerts:
    """Keeps what the operator was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    async def alert(self, subject: str, sentence: str) -> None:
        self.told.append(sentence)

    async def recovered(self, subject: str, sentence: str) -> None:
        self.told.append(sentence)
