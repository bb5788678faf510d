"""Copy the state while the bot runs."""

from pathlib import Path

import aiosqlite

from bot.errors import StartupError
from bot.storage.database import Database


async def backup(database: Database, file: Path) -> None:
    """Write one consistent state into a new file, which appears only when it is whole.

    Raises StartupError where the file exists already, can't be written, or the state is not a file of ours.
    """
    if not database.is_sqlite:
        raise StartupError("The state is in PostgreSQL: use pg_dump.")
    unfinished = _place(file)
    try:
        await _write(database, unfinished)
        unfinished.rename(file)
    except (aiosqlite.Error, OSError) as error:
        raise StartupError(f"{file} can't be written: {error}.") from error


async def _write(database: Database, file: Path) -> None:
    async with database.reader.connect() as connection:
        raw = await connection.get_raw_connection()  # SQLAlchemy would begin a transaction, in which SQLite refuses
        driver = raw.driver_connection
        if driver is None:
            raise LookupError("a connection without a driver")
        await driver.execute("VACUUM INTO ?", (str(file),))


def _place(file: Path) -> Path:
    if file.exists():
        raise StartupError(f"{file} exists already: name another file, or remove it first.")
    if not file.parent.is_dir():
        raise StartupError(f"{file.parent} is no folder: make it first, or name another file.")
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise StartupError(f"{file} can't be written: {error}.") from error
    return unfinished
