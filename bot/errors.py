"""The exceptions that this program raises on purpose.

    PaperDigestError
    ├── StartupError      the operator can mend it: one sentence, exit code 2 for settings, 1 otherwise
    └── UserError         the person who gave a command can mend it: one sentence, shown to them alone

Whatever else reaches a boundary is a bug: it is logged with an id, and the apology carries the same id.
"""


class PaperDigestError(Exception):
    """Base of the tree above."""


class StartupError(PaperDigestError):
    """Say in one sentence what keeps the program from starting and what mends it."""

    def __init__(self, sentence: str, *, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


class UserError(PaperDigestError):
    """Say in one sentence what was wrong with a command and what to do instead.

    `message` is the English text as it stands in the catalogue and `values` fills its braces, so that the boundary can say it in
    the language of the person who asked.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message.format(**values))
        self.message = message
        self.values = values
