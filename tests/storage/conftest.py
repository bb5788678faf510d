"""The same tests on both databases."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.storage.database import Database, open_database
from tests.storage.places import PostgresPlaces, postgres


@pytest.fixture(scope="session")
def places() -> Iterator[PostgresPlaces]:
    """Run PostgreSQL for as long as tests need it."""
    with postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a state that does not exist yet, on each database in turn."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/bot.db"
    places: PostgresPlaces = request.getfixturevalue("places")
    return await places.new()


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """Open a fresh state."""
    async with open_database(url) as opened:
        yield opened


@pytest.fixture
async def another(url: str, database: Database) -> AsyncIterator[Database]:
    """Open the same state once more, as another process does."""
    async with open_database(url) as opened:
        yield opened
