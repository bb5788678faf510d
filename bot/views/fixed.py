"""Views whose controls are found by their ids, so that nothing of them need be kept."""

from typing import Any

import discord
from discord.ui import Button, Item, Select, View

from bot.rendering.limits import CHOICES


def fixed(*items: Item[Any]) -> View:
    """Return a view that discord.py sends and does not keep."""
    view = View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


def button(label: str, custom_id: str, *, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> Button[Any]:
    """Return a button; one without anything to do is shown grey."""
    return Button(label=label, custom_id=custom_id, style=style)


def menu(custom_id: str, placeholder: str, options: list[discord.SelectOption]) -> Select[Any]:
    """Return a select of at most 25 options."""
    return Select(custom_id=custom_id, placeholder=placeholder, options=options[:CHOICES])
