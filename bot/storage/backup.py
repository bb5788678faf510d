"""Copy the state while the bot runs."""

from pathlib import Path

from sqlalchemy import text

from bot.errors import StartupError
from bot.storage.database import Database


async def backup(database: Database, file: Path) -> None:
    """Write one consistent state into a new file, which appears only when it is whole.

    Raises StartupError where the file exists already, can't be written, or the state is not a file of ours.
    """
    if not database.is_sqlite:
        raise StartupError("The state is in PostgreSQL: use pg_dump.")
    unfinished = _place(file)
    async with database.reader.connect() as connection:
        plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await plain.execute(text("VACUUM INTO :file"), {"file": str(unfinished)})
    _finish(unfinished, file)


def _place(file: Path) -> Path:
    if file.exists():
        raise StartupError(f"{file} exists already: name another file, or remove it first.")
    if not file.parent.is_dir():
        raise StartupError(f"{file.parent} is no folder: make it first, or name another file.")
    unfinished = file.with_name(f".{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    return unfinished


def _finish(unfinished: Path, file: Path) -> None:
    unfinished.rename(file)
