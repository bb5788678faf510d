"""Korean words without what grammar hangs on them."""

from collections.abc import Iterator
from itertools import groupby

_PARTICLES = """
은 는 이 가 을 를 의 에 로 와 과 도 만 들 나 며 고 란 인
으로 에서 에게 에는 에도 에의 에만 와의 과의 들이 들을 들은 들의 들과 들에 들로 이나 이란 이라 이며 이고 이다 라는 이라는 부터 까지
처럼 보다 마다 하고 로서 로써 로의 로는 로도 으로서 으로써 으로의 으로는 으로도 에서는 에서도 에서의 에게는 만을 만의 만이 까지의
들에게 들에서
"""
_ENDINGS = """
한 할 함 해 된 될 됨 돼 하는 하여 하기 하고 하며 하면 하게 하지 하자 하던 한다 합니다 했다 했습니다 해서 해야 하려는 함으로써 함을
하도록 하는데 하거나 하였다 하였습니다 하였으며 했으며 되는 되어 되기 되고 되며 되면 되지 된다 됩니다 되었다 되었습니다 되었으며
됐다 되도록 됨을 시키는 시켜 시킨 시킬 시키기 시키고 시키며 시킵니다 시켰다 시켰습니다 시킨다 시킴
화하는 화된 화하여 화합니다 적 적인 적으로 적이고 적이며 적이다 입니다 이었습니다 였습니다 인지
"""
_SUFFIXES = {
    size: frozenset(suffixes)
    for size, suffixes in groupby(sorted(f"{_PARTICLES} {_ENDINGS}".split(), key=len, reverse=True), key=len)
}
"""Particles of nouns and endings of verbs made of nouns (하다, 되다, 시키다), by length, longest first."""


def stems(word: str) -> Iterator[str]:
    """Yield what a Korean word may be a form of, the shortest first: at least two syllables, and never the word itself.

    `언어모델을` gives `언어모델`; `효과` gives nothing. Which of them is a word is for whoever has a vocabulary to say.
    """
    for size, suffixes in _SUFFIXES.items():
        if len(word) - size >= 2 and word[-size:] in suffixes:
            yield word[:-size]
