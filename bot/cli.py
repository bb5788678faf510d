"""What an operator or an author does from the shell: `python -m bot VERB`, or `paper-digest VERB`.

A verb parses, calls one tested function and exits with its code. Heavy modules are imported by the verb that needs them.
"""

import asyncio
import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from bot.domain.subscription import Language, Style
from bot.running import logged, run, settings

cli = typer.Typer(
    name="paper-digest",
    help="A Discord bot that delivers a daily digest of research papers and remembers every one.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback of ours must not print local variables, the token among them
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


cli.command()(run)


@cli.command()
def demo(
    screenshot: Annotated[Path | None, typer.Option(help="Draw the channel into this PNG file and exit.")] = None,
    port: Annotated[int, typer.Option(help="Port of the page on this machine; 0 takes a free one.")] = 8799,
) -> None:
    """Try the bot in the browser: a simulated Discord on this machine, no token needed."""
    from bot.demo import demo as show  # noqa: PLC0415

    asyncio.run(show(settings(), screenshot=screenshot, port=port))


@cli.command()
def check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders; DIGESTS_DIR if none is given.")] = None,
    as_json: Json = False,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely.")] = False,
) -> None:
    """Read digests and say what is wrong with them."""
    from bot.terminal.check import check as check_paths  # noqa: PLC0415

    raise typer.Exit(check_paths(paths or [settings().digests_dir], as_json=as_json, fix=fix))


@cli.command()
def preview(
    path: Annotated[Path, typer.Argument(help="A digest file.")],
    as_json: Json = False,
    style: Annotated[Style, typer.Option(help="How much of a paper to show.")] = Style.FULL,
    language: Annotated[Language | None, typer.Option(help="Language of the frame; LANGUAGE if not given.")] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write a web page that looks like the channel into this file.")
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Show it anew on every save, until Ctrl-C.")] = False,
) -> None:
    """Show the exact messages that a digest file becomes."""
    from bot.terminal import preview as previews  # noqa: PLC0415
    from bot.terminal.watching import saves  # noqa: PLC0415

    here = settings()

    def show_once() -> int:
        return previews.preview(
            path,
            style=style,
            language=language or here.language,
            blog_url=here.blog_url,
            as_json=as_json,
            page=html,
            reload=watch,
            root=here.digests_dir,
        )

    raise typer.Exit(previews.watch(show_once, saves(path)) if watch else show_once())


@cli.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for; - reads one query a line from standard input.")],
    as_json: Json = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Hits at most.")] = 10,
) -> None:
    """Search the archive."""
    from bot.terminal.search import search as search_archive  # noqa: PLC0415

    here = settings()
    raise typer.Exit(
        asyncio.run(search_archive(here.digests_dir, here.archive_path, query, limit=limit, as_json=as_json))
    )


@cli.command()
def deliver(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what is owed to whom, and send nothing.")] = False,
    date: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only digests of this day.")] = None,
) -> None:
    """Plan and deliver once, now."""
    from bot.app import deliver_once, explain  # noqa: PLC0415

    day = None if date is None else date.date()
    here = logged(settings())
    asyncio.run(explain(here, day) if dry_run else deliver_once(here, day))


@cli.command()
def sync() -> None:
    """Send the slash commands to Discord now."""
    from bot.app import sync_commands  # noqa: PLC0415

    sent = asyncio.run(sync_commands(logged(settings())))
    typer.echo(f"Discord has {sent} commands now; clients show them after a restart.")


@cli.command()
def backup(file: Annotated[Path, typer.Argument(help="A file that does not exist yet.")]) -> None:
    """Write a consistent copy of the state, also while the bot runs."""
    from bot.storage.backup import backup as write  # noqa: PLC0415
    from bot.storage.database import open_database  # noqa: PLC0415

    async def copy() -> None:
        async with open_database(settings().database_url) as database:
            await write(database, file)

    asyncio.run(copy())
    typer.echo(f"The state is in {file}.")
