"""One database connection on a thread of its own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Concatenate, Generic, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Closeable(Protocol):
    """A connection, or what is built around one."""

    def close(self) -> None:
        """Give it back."""


C = TypeVar("C", bound=Closeable)


class Lane(Generic[C]):
    """Runs work on a connection, one piece after the other, without holding up the event loop.

    A search is a dozen statements with Python between them; a hop to the connection's thread for the whole search costs a tenth of a
    hop for each statement, which is why this isn't aiosqlite. The connection is opened by the first piece of work.
    """

    def __init__(self, name: str, connect: Callable[[], C]) -> None:
        self._connect = connect
        self._connection: C | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    async def run(self, work: Callable[Concatenate[C, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do `work` with the connection as its first argument."""

        def here() -> T:
            if self._connection is None:
                self._connection = self._connect()
            return work(self._connection, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._thread, here)

    async def hang_up(self) -> None:
        """Close the connection; the next piece of work opens a new one."""

        def here() -> None:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

        await asyncio.get_running_loop().run_in_executor(self._thread, here)

    async def close(self) -> None:
        """Close the connection and end the thread once what is under way is done."""
        await self.hang_up()
        self._thread.shutdown()
