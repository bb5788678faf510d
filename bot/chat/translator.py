"""Names and descriptions of commands in the languages of Discord's clients."""

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Location

from bot.locales.words import words

NAMES = {Location.command_name, Location.group_name, Location.parameter_name}


class Translator(app_commands.Translator):
    """Gives Discord the Korean of every name and description; English is what the code says."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return the text in `locale`, None where it has no translation."""
        if locale is not discord.Locale.korean:
            return None
        text = string.message
        translated = words("ko").text(text, context="name" if context.location in NAMES else None)
        return None if translated == text else translated
