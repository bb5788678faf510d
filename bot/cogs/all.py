"""Every command and control, added to the bot."""

from discord.ext import commands

from bot.chat.services import Services
from bot.chat.translator import Translator
from bot.cogs.channel import ChannelCommands
from bot.cogs.digest import DigestCommands
from bot.cogs.dm import DmCommands
from bot.cogs.paper import PaperCommands
from bot.cogs.status import StatusCommands
from bot.views.papers import paper_controls


async def add_commands(bot: commands.AutoShardedBot, services: Services) -> None:
    """Add them all, once, before the bot connects."""
    await bot.tree.set_translator(Translator())
    for cog in (ChannelCommands, DmCommands, DigestCommands, PaperCommands, StatusCommands):
        await bot.add_cog(cog(services))
    bot.add_dynamic_items(*paper_controls(services))
