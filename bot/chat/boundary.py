"""The one place where what went wrong with a command or a control becomes a sentence for the person who used it."""

import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
from discord import app_commands

from bot.chat.verdicts import TROUBLE
from bot.errors import UserError
from bot.locales.words import Words, words

log = logging.getLogger(__name__)

Asked = discord.Interaction[Any]


async def explain(interaction: Asked, error: BaseException) -> None:
    """Answer an interaction that failed: a person's own mistake with its remedy, anything else with an id that the log has too."""
    sentence = _sentence(_cause(error), words(interaction.locale.value))
    try:
        if interaction.response.is_done():
            await interaction.followup.send(sentence, ephemeral=True)
        else:
            await interaction.response.send_message(sentence, ephemeral=True)
    except TROUBLE as trouble:
        log.warning("an apology could not be delivered: %s", trouble)


@asynccontextmanager
async def boundary(interaction: Asked) -> AsyncIterator[None]:
    """Hold a control to the same: discord.py has no other place for what one raises."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  the boundary of a control: the person must hear of it
        await explain(interaction, error)


def _cause(error: BaseException) -> BaseException:
    """Return what a command raised, without discord.py's wrapping."""
    while isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError) and error.__cause__:
        error = error.__cause__
    return error


def _sentence(error: BaseException, say: Words) -> str:
    match error:
        case UserError():
            return say(error.message, **error.values)
        case app_commands.MissingPermissions():
            return say("This needs the permission Manage Server: ask somebody who runs this server.")
        case app_commands.NoPrivateMessage():
            return say("This works in a server only.")
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return say("This command has changed. Restart Discord to load the new one, then try again.")
        case _:
            mark = secrets.token_hex(4)
            log.error("a command failed (%s)", mark, exc_info=error)
            return say(
                "Something went wrong on my side, and nothing was changed that you did not see. "
                "Try again; if it stays, tell the operator this number: `{mark}`.",
                mark=mark,
            )
