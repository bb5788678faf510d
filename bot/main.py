"""Where `python -m bot` and `paper-digest` begin."""

import sys

from bot.errors import StartupError


def main() -> None:
    """Run a verb; what the operator can mend is one sentence and an exit code.

    A plain `run` passes Typer by, which brings pydantic: a tenth of the bot's memory, and of its start, to read one word.
    """
    try:
        if sys.argv[1:] == ["run"]:
            from bot.running import run  # noqa: PLC0415  one of the two, never both

            run()
        else:
            from bot.cli import cli  # noqa: PLC0415  it brings Typer

            cli()
    except StartupError as error:
        print(error, file=sys.stderr)  # noqa: T201  the sentence for whoever started it
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
