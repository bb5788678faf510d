"""Pack things into as few containers as possible, in order."""

from collections.abc import Iterable


def pack(sizes: Iterable[int], *, budget: int, most: int) -> tuple[range, ...]:
    """Return which neighbours go together: at most `most` of them, their sizes at most `budget` together.

    Filling each container as far as it goes is optimal when the order is kept. A thing larger than the budget has a container of its own.
    """
    groups: list[range] = []
    start = end = total = 0
    for size in sizes:
        if end > start and (total + size > budget or end - start == most):
            groups.append(range(start, end))
            start, total = end, 0
        end += 1
        total += size
    return (*groups, range(start, end)) if end > start else tuple(groups)
