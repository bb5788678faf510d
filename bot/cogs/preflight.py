"""What the bot must be allowed to do in a channel before it promises to post there."""

from collections.abc import Sequence

import discord

from bot.cogs.options import Place
from bot.domain.subscription import ChannelKind
from bot.errors import UserError
from bot.locales.words import Words

NAMES = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
    "read_message_history": "Read Message History",
}
"""Permissions by discord.py's names and as Discord's client writes them."""


def missing(place: Place, *needed: str) -> tuple[str, ...]:
    """Return which of the permissions the bot lacks there; none where Discord doesn't say what it has."""
    if place.permissions is None:
        return ()
    return tuple(NAMES[name] for name in needed if not getattr(place.permissions, name))


def needed(kind: ChannelKind) -> tuple[str, ...]:
    """Return what posting in such a channel takes."""
    match kind:
        case ChannelKind.THREAD:
            return ("view_channel", "send_messages_in_threads", "embed_links")
        case ChannelKind.FORUM:
            return ("view_channel", "send_messages", "send_messages_in_threads", "embed_links")
        case _:
            return ("view_channel", "send_messages", "embed_links")


def require(place: Place, say: Words) -> tuple[str, ...]:
    """Return warnings about a channel. Raises UserError, naming what is missing, where nothing could be posted."""
    lacking = missing(place, *needed(place.kind))
    if lacking:
        raise UserError(
            "I can't post in {channel}: there I lack {permissions}. Give my role that permission in the channel's settings, "
            "then use this command once more.",
            channel=f"<#{place.id}>",
            permissions=listed(lacking, say),
        )
    if missing(place, "read_message_history"):
        return (
            say(
                "I lack {permission} in {channel}: should Discord lose track of a message, I can't see whether it arrived, "
                "and it may come twice.",
                permission=say("Read Message History"),
                channel=f"<#{place.id}>",
            ),
        )
    return ()


def about_role(role: discord.Role | None, place: Place, say: Words) -> tuple[str, ...]:
    """Return a warning where a role could not be mentioned by the bot."""
    if role is None or role.is_default() or role.mentionable:
        return ()
    if place.permissions is None or place.permissions.mention_everyone:
        return ()
    return (
        say(
            "{role} will not be notified: allow anyone to mention it in the server's role settings.",
            role=f"<@&{role.id}>",
        ),
    )


def listed(names: Sequence[str], say: Words) -> str:
    """Name permissions in bold."""
    return ", ".join(f"**{say(name)}**" for name in names)
