"""Run the bot, as whoever hosts it set it up: without a command line's libraries, which would stay in its memory for nothing."""

import asyncio
import os
from pathlib import Path

from bot.config import Settings, load_settings


def settings() -> Settings:
    """Read the settings from the environment and `.env`."""
    return load_settings(os.environ, Path(".env"))


def logged(here: Settings) -> Settings:
    """Begin the log as the settings say, and return them."""
    from bot.chat.logs import configure  # noqa: PLC0415  discord.py comes along, which some verbs do without

    secrets = (here.discord_token.value,) if here.discord_token is not None else ()
    configure(here.log_level, here.log_format, secrets)
    return here


def run() -> None:
    """Run the bot until it is told to stop."""
    from bot.app import serve  # noqa: PLC0415  so that wrong settings are told at once

    asyncio.run(serve(logged(settings())))
