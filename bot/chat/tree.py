"""The command tree: what a command raises ends at its boundary."""

from typing import Any

import discord
from discord import app_commands

from bot.chat.boundary import explain


class Tree(app_commands.CommandTree[Any]):
    """A command tree whose errors become sentences."""

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        """Tell the person what went wrong; while they are typing there is nobody to tell."""
        if interaction.type is not discord.InteractionType.autocomplete:
            await explain(interaction, error)
