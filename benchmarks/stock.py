"""The baseline: discord.py as its documentation shows it, with one slash command.

python -m benchmarks.stock INTENTS   where INTENTS is `default` or `none`
"""

import asyncio
import os
import sys
from typing import Any

import discord
from discord.ext import commands
from discord.http import Route


class Stock(commands.AutoShardedBot):
    """A bot with a greeting, sharded as Discord wants it from 2,500 servers on."""

    async def setup_hook(self) -> None:
        """Register the greeting."""

        @self.tree.command(description="Greet.")
        async def hello(interaction: discord.Interaction[Any]) -> None:
            await interaction.response.send_message("Hello.", ephemeral=True)

        await self.tree.sync()

    async def on_ready(self) -> None:
        """Say so."""
        print("ready", flush=True)


async def run(intents: discord.Intents) -> None:
    """Run until killed."""
    Route.BASE = os.environ["DISCORD_API_URL"]
    async with Stock(command_prefix=commands.when_mentioned, intents=intents) as bot:
        await bot.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    asyncio.run(run(discord.Intents.none() if sys.argv[1] == "none" else discord.Intents.default()))
