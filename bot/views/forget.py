"""The question that is asked once before everything about a person is deleted."""

import re
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, View

from bot.chat.answers import Asked, voice
from bot.chat.boundary import boundary
from bot.chat.services import Services
from bot.errors import UserError
from bot.locales.words import Words
from bot.views.fixed import button, fixed

ANSWER = r"pd:forget:(?P<user>[0-9]{1,20}):(?P<answer>yes|no)"


def forget_controls(services: Services) -> tuple[type[DynamicItem[Any]], ...]:
    """Return the controls, which work with `services`."""

    class Answer(DynamicItem[Button[Any]], template=ANSWER):
        """A button under the question."""

        def __init__(self, item: Button[Any], user_id: int, *, agreed: bool) -> None:
            super().__init__(item)
            self._user_id, self._agreed = user_id, agreed

        @classmethod
        async def from_custom_id(cls, _: Asked, item: Button[Any], match: re.Match[str], /) -> Self:  # type: ignore[override]  # discord.py names any item
            """Take the person and the answer from the button's id."""
            return cls(item, int(match["user"]), agreed=match["answer"] == "yes")

        async def callback(self, interaction: Asked, /) -> None:
            """Forget the person who pressed, or let everything be."""
            async with boundary(interaction):
                say = voice(interaction)
                if interaction.user.id != self._user_id:
                    raise UserError("This question was put to somebody else. `/mydata delete` asks you.")
                said = say("Nothing was deleted.")
                if self._agreed:
                    forgotten = await services.personal.forget_user(interaction.user.id)
                    said = say("Everything I kept about you is gone ({n} entries).", n=forgotten)
                await interaction.response.edit_message(content=said, view=None)

    return (Answer,)


def question(user_id: int, say: Words) -> View:
    """Return the two answers to the question."""
    return fixed(
        button(say("Delete everything"), f"pd:forget:{user_id}:yes", style=discord.ButtonStyle.danger),
        button(say("Keep it"), f"pd:forget:{user_id}:no"),
    )
