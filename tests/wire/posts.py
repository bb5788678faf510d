"""Posts for tests that send them."""

from bot.domain.post import Choice, Embed, Menu, Post


def post(key: int = 1, part: int = 1, *, menu: bool = True, description: str = "Speech becomes text.") -> Post:
    """Return a part of digest number `key`."""
    embed = Embed(
        description, title="A paper", url="https://example.org/paper", footer=f"2023-02-28 · {part}/2 · {key}"
    )
    control = Menu(f"pd:open:{key}:{part}", "Open a paper", (Choice(1, "A paper"),)) if menu else None
    return Post("Daily digest", (embed,), control)
