"""Messages are as few as the limits allow."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.packing import pack

SIZES = st.lists(st.integers(1, 120), max_size=14).map(tuple)


@given(SIZES, st.integers(1, 5))
def test_no_group_is_too_large_and_nothing_is_lost_or_moved(sizes: tuple[int, ...], most: int) -> None:
    groups = pack(sizes, budget=100, most=most)

    assert [index for group in groups for index in group] == list(range(len(sizes)))
    assert all(sum(sizes[index] for index in group) <= 100 or len(group) == 1 for group in groups)
    assert all(1 <= len(group) <= most for group in groups)


@given(SIZES, st.integers(1, 5))
def test_no_other_way_to_keep_the_order_needs_fewer_groups(sizes: tuple[int, ...], most: int) -> None:
    groups = pack(sizes, budget=100, most=most)

    assert len(groups) == fewest(sizes, most)


def fewest(sizes: tuple[int, ...], most: int) -> int:
    """Try every place for every cut."""

    @cache
    def from_(start: int) -> int:
        if start == len(sizes):
            return 0
        ends = range(start + 1, min(start + most, len(sizes)) + 1)
        return 1 + min(from_(end) for end in ends if end == start + 1 or sum(sizes[start:end]) <= 100)

    return from_(0)
