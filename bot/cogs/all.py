"""Every command and control, added to the bot."""

from bot.chat.client import PaperDigestBot
from bot.chat.services import Services
from bot.chat.translator import Translator
from bot.cogs.channel import ChannelCommands
from bot.cogs.data import DataCommands
from bot.cogs.digest import DigestCommands
from bot.cogs.dm import DmCommands
from bot.cogs.paper import PaperCommands
from bot.cogs.saved import SavedCommands
from bot.cogs.status import StatusCommands
from bot.cogs.trends import TrendsCommands
from bot.views.entry import entry_controls
from bot.views.forget import forget_controls
from bot.views.pager import pager_controls
from bot.views.papers import paper_controls
from bot.views.reading_list import list_controls

GROUPS = (ChannelCommands, DmCommands, DigestCommands, PaperCommands, SavedCommands, DataCommands)
SINGLE = (TrendsCommands, StatusCommands)
CONTROLS = (paper_controls, entry_controls, list_controls, pager_controls, forget_controls)


async def add_commands(bot: PaperDigestBot, services: Services) -> None:
    """Add them all, once, before the bot connects."""
    await bot.tree.set_translator(Translator())
    for group in GROUPS:
        bot.tree.add_command(group(services))
    for single in SINGLE:
        for command in single(services).commands:
            bot.tree.add_command(command)
    for controls in CONTROLS:
        bot.add_dynamic_items(*controls(services))
