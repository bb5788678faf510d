"""Run the migrations in `migrations/`, which are ordered and only ever appended to."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

FOLDER = Path(__file__).parent / "migrations"


def is_known(revision: str) -> bool:
    """Tell whether this version of the bot has a migration of that name."""
    return revision in {script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()}


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the schema up to date, or to an earlier revision, inside the transaction of `connection`."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
