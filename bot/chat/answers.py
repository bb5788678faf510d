"""Answers to commands: to the asker alone unless shared, within what a message holds."""

from collections.abc import Iterable, Sequence
from typing import Any

import discord
from discord.utils import MISSING

from bot.domain.post import Embed
from bot.locales.words import Words, words
from bot.rendering.limits import CONTENT, weight

Asked = discord.Interaction[Any]


def voice(interaction: Asked) -> Words:
    """Return the words of the language of who asks."""
    return words(interaction.locale.value)


async def answer(
    interaction: Asked,
    content: str = "",
    *,
    embeds: Iterable[Embed] = (),
    view: discord.ui.View | None = None,
    files: Sequence[discord.File] = (),
    share: bool = False,
) -> None:
    """Answer a command, deferred or not."""
    shown: dict[str, Any] = {
        "content": content or MISSING,
        "embeds": [discord.Embed.from_dict(embed.payload()) for embed in embeds],
        "view": MISSING if view is None else view,
        "files": list(files),
        "ephemeral": not share,
    }
    if interaction.response.is_done():
        await interaction.followup.send(**shown)
    else:
        await interaction.response.send_message(**shown)


async def answer_lines(interaction: Asked, lines: Sequence[str]) -> None:
    """Answer the asker alone with lines of text, in as many messages as they take."""
    text = ""
    for line in lines:
        if text and weight(text) + weight(line) + 1 > CONTENT:
            await answer(interaction, text)
            text = ""
        text = f"{text}\n{line}" if text else line
    await answer(interaction, text)


def link_to(guild_id: int | None, channel_id: int, message_id: int) -> str:
    """Return the address of a message; of one in direct messages for `guild_id` None."""
    return f"https://discord.com/channels/{guild_id or '@me'}/{channel_id}/{message_id}"
