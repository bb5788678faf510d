"""An archive in a folder of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.archive.archive import Archive, open_archive


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    """Open an empty archive."""
    async with open_archive(tmp_path / "archive.db") as here:
        yield here
