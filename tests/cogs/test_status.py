"""`/status` and `/help`, and what every command has in common."""

import re
from typing import Any

import discord
from discord import app_commands

from tests.cogs.stage import Stage, text_of


async def test_the_status_names_the_newest_digest_and_the_next_delivery_here(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe", time="09:00")

    seen = await here.reader.slash(here.channel, "status")

    assert "Mon, 4 Mar 2024" in text_of(seen)
    assert "Wed, 6 Mar 2024, 09:00" in text_of(seen)
    assert "subscriptions" not in text_of(seen)


async def test_the_owner_sees_more(here: Stage) -> None:
    assert here.app.bot.application is not None
    here.app.bot.application.owner = here.reader

    seen = await here.reader.slash(here.channel, "status")

    assert "0 subscriptions" in text_of(seen)


async def test_help_lists_every_command(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "help")

    for command in here.app.bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            assert f"/{command.qualified_name}" in text_of(seen)


async def test_every_name_and_description_has_korean(here: Stage) -> None:
    tree = here.app.bot.tree
    payloads = [await command.get_translated_payload(tree, tree.translator) for command in tree.get_commands()]  # type: ignore[arg-type]  # add_commands has set it

    untranslated = [node["name"] for payload in payloads for node in nodes(payload) if not is_translated(node)]

    assert untranslated == []


async def test_a_defect_gets_an_apology_with_a_number_that_the_log_has_too(here: Stage, caplog: Any) -> None:
    @app_commands.command(name="broken", description="Fail.")
    async def broken(_: discord.Interaction[Any]) -> None:
        raise ZeroDivisionError

    here.app.bot.tree.add_command(broken)
    await here.app.bot.tree.sync()

    seen = await here.reader.slash(here.channel, "broken")

    [mark] = re.findall(r"`([0-9a-f]{8})`", text_of(seen))
    assert seen.ephemeral
    assert mark in caplog.text


def nodes(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a command, its subcommands, options and choices."""
    below = [*payload.get("options", ()), *payload.get("choices", ())]
    return [payload, *(node for each in below for node in nodes(each))]


def is_translated(node: dict[str, Any]) -> bool:
    """Tell whether a node has Korean for all that Discord's client shows of it."""
    shown = [kind for kind in ("name", "description") if node.get(kind) not in {None, "", "…"}]
    return all("ko" in (node.get(f"{kind}_localizations") or {}) for kind in shown)
