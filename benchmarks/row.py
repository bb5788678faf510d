"""A line of the table: what was measured, of the bot and of its baseline in the same run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison; the smaller figure is the better one."""

    what: str
    ours: float
    baseline: float
    unit: str
    of: str = "discord.py"
    """Whose figure the baseline is."""

    def __str__(self) -> str:
        """Write it as a line of a Markdown table."""
        ratio = self.ours / self.baseline
        return f"| {self.what} | {self._said(self.ours)} | {self._said(self.baseline)} ({self.of}) | {ratio:.2f} |"

    def _said(self, figure: float) -> str:
        return f"{figure:.0f} {self.unit}" if figure >= 100 else f"{figure:.3g} {self.unit}"


HEADER = "| measured | Paper Digest | baseline | ratio |\n|---|--:|--:|--:|"
