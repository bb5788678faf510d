"""`/mydata`: what is kept about a person, handed out or deleted."""

from io import BytesIO

import discord
from discord import app_commands

from bot.chat.answers import Asked, answer, voice
from bot.chat.services import Services
from bot.errors import UserError
from bot.export.records import personal
from bot.views.forget import question


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class DataCommands(app_commands.Group, name="mydata", description="What I keep about you"):
    """Commands about one's own data."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    @app_commands.command(name="export", description="Get everything I keep about you as a file")
    async def export(self, interaction: Asked) -> None:
        """Attach everything as JSON."""
        say = voice(interaction)
        kept = await self._services.personal.of_user(interaction.user.id)
        count = sum(map(len, kept.values()))
        said = (
            say("This is everything I keep about you.")
            if count
            else say("I keep nothing about you; here is the empty file.")
        )
        await answer(interaction, said, files=[discord.File(BytesIO(personal(kept).encode()), "my-data.json")])

    @app_commands.command(name="delete", description="Delete everything I keep about you")
    async def delete(self, interaction: Asked) -> None:
        """Ask once, naming what would go."""
        say = voice(interaction)
        kept = await self._services.personal.of_user(interaction.user.id)
        if not any(kept.values()):
            raise UserError("There is nothing to delete: I keep nothing about you.")
        asked = say(
            "Shall I delete everything I keep about you: your subscription by direct message ({subscriptions}), "
            "the record of what was delivered to you ({deliveries}) and your reading list ({saved})? This can't be undone.",
            subscriptions=len(kept["subscriptions"]),
            deliveries=len(kept["deliveries"]),
            saved=len(kept["reading_list"]),
        )
        await answer(interaction, asked, view=question(interaction.user.id, say))
