"""English words without their plural."""


def singular(word: str) -> str:
    """Return a word in the singular, as far as its ending tells: `studies` is `study`, `models` is `model`, `bias` stays."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as", "os")):
        return word[:-1]
    return word
