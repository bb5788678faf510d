"""A digest's page as the splitting of papers looks at it: its outline, its headings and the evidence on its lines."""

import operator
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final

from bot.reading import blanks, claims, dates, kinds, links
from bot.reading.authors import is_label_line, names_authors
from bot.reading.heading import Heading, headings_of
from bot.reading.outline import Kind, Outline
from bot.reading.wording import is_long, words

_RESEARCH = re.compile(
    r"://(?:[\w-]{1,60}\.)?(?:git(?:hub|lab)\.|huggingface\.|[\w-]{1,60}\.edu|[\w-]{1,60}\.ac\.)", re.IGNORECASE
)
_LABEL = re.compile(r"[\s>*_+•-]{0,8}(?:\W{1,3}\s)?[*_`]{0,3}([^\W\d_][^:：*_`\n|]{1,29})[*_`]{0,3}\s?[:：]")
_TOP: Final = 60
"""Lines within which a digest says how many papers it has."""


@dataclass(frozen=True)
class Page:
    """The document and what can be asked of it. Every answer takes time in proportion to the document at most once."""

    outline: Outline
    definitions: Mapping[str, str]
    hint: str
    """Title, topics and file name: what says that this is about papers."""
    title: str = ""
    """What the document is called."""
    declared: frozenset[int] = frozenset()
    """How many papers the front matter says there are."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The file's lines."""
        return self.outline.lines

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in order."""
        return headings_of(self.outline)

    @cached_property
    def _links_by_line(self) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
        """All links and those to papers by the index of their line, for lines that may have some and define none."""
        found: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        for n, line in enumerate(self.lines):
            may_link = links.may_stand_in(line) or (self.definitions and "]" in line)
            if may_link and not links.is_definition(line):
                text = self._with_id_below(n)
                linked = links.find(text, self.definitions)
                found[n] = linked, tuple(links.papers(text, linked)) or tuple(links.placeholders(text))
        return found

    def _with_id_below(self, n: int) -> str:
        """Return a line, with the next one where it was wrapped between a label and its id: `arXiv:` and the id below."""
        line = self.lines[n]
        is_wrapped = line[-8:].rstrip(" :：").lower().endswith("rxiv") and n + 1 < len(self.lines)
        return f"{line} {self.lines[n + 1].lstrip()}" if is_wrapped else line

    @cached_property
    def papers_on(self) -> dict[int, tuple[str, ...]]:
        """Paper links by the index of their line; the empty string stands for one that leads to no paper (`arxiv.org/pdf/unknown.pdf`)."""
        code = {n for block in self.outline.blocks if block.kind is Kind.CODE for n in range(block.first, block.last)}
        code -= {n for heading in self.headings for n in heading.lines_below}
        return {n: papers for n, (_, papers) in self._links_by_line.items() if papers and n not in code}

    def links_on(self, first: int, last: int) -> Iterator[str]:
        """Yield the links on these lines."""
        for n in range(first, last):
            yield from self._links_by_line.get(n, ((), ()))[0]

    @cached_property
    def papers(self) -> frozenset[str]:
        """The different papers that are linked."""
        return frozenset(paper for papers in self.papers_on.values() for paper in papers if paper)

    @cached_property
    def _links_before(self) -> list[int]:
        return [0, *accumulate(len(self.papers_on.get(n, ())) for n in range(len(self.lines)))]

    @cached_property
    def _labels_before(self) -> list[int]:
        matter = self.outline.blocks[0].first if self.outline.blocks else 0  # whose fields label no paper
        return [0, *accumulate(n >= matter and is_label_line(line) for n, line in enumerate(self.lines))]

    def linked(self, first: int, last: int) -> int:
        """Count the paper links on these lines."""
        return self._links_before[last] - self._links_before[first]

    @cached_property
    def _addresses_before(self) -> list[int]:
        shows = ("://" in line and not line.lstrip().startswith("![") for line in self.lines)
        return [
            0,
            *accumulate(yes and _RESEARCH.search(line) is None for yes, line in zip(shows, self.lines, strict=True)),
        ]

    def links_elsewhere(self, first: int, last: int) -> bool:
        """Tell whether these lines have a link that is to no place where research is kept."""
        return self._addresses_before[last] > self._addresses_before[first]

    def labelled(self, first: int, last: int) -> bool:
        """Tell whether authors or an abstract are labelled on these lines."""
        return self._labels_before[last] > self._labels_before[first]

    def first_paper(self, first: int, last: int) -> str | None:
        """Return the first paper link on these lines."""
        return next(self.papers_between(first, last), None) or None

    def papers_between(self, first: int, last: int) -> Iterator[str]:
        """Yield the paper links on these lines."""
        for n in range(first, last):
            yield from self.papers_on.get(n, ())

    @cached_property
    def repeated(self) -> frozenset[tuple[int, str]]:
        """Level and key of the headings that recur as parts of papers (Abstract, 방법론), not as the same paper again."""
        counts = Counter((heading.level, heading.key) for heading in self.headings)
        recurring = {pair for pair, count in counts.items() if count > 1}
        if not recurring:
            return frozenset()
        return frozenset(recurring - self._same_papers(recurring))

    def is_repeated(self, heading: Heading) -> bool:
        """Tell whether a heading names a recurring part of papers."""
        return bool(self.repeated) and (heading.level, heading.key) in self.repeated

    def _same_papers(self, recurring: set[tuple[int, str]]) -> set[tuple[int, str]]:
        """Find those with one paper link, on every occurrence or below as long a title as papers have, and those numbered side by side."""
        seen: dict[tuple[int, str], set[str | None]] = {}
        parents: dict[tuple[int, str], list[int]] = {}
        numbers: dict[tuple[int, str], set[int | None]] = {}
        long: set[tuple[int, str]] = set()
        above: dict[int, int] = {}
        for n, heading in enumerate(self.headings):
            above = {level: line for level, line in above.items() if level < heading.level} | {
                heading.level: heading.line
            }
            pair = (heading.level, heading.key)
            if pair in recurring:
                end = self.headings[n + 1].line if n + 1 < len(self.headings) else len(self.lines)
                seen.setdefault(pair, set()).add(self.first_paper(heading.line, end))
                parents.setdefault(pair, []).append(
                    max((above[level] for level in above if level < heading.level), default=-1)
                )
                numbers.setdefault(pair, set()).add(heading.title.number)
                if is_long(heading.title.text):
                    long.add(pair)
        linked = {
            pair for pair, papers in seen.items() if len(papers - {None}) == 1 and (None not in papers or pair in long)
        }
        beside = {pair for pair, counted in numbers.items() if None not in counted and len(set(parents[pair])) == 1}
        parts = {pair for pair in beside if len(numbers[pair]) == 1}  # `0. Abstract` and `1. Method` in each paper
        return linked | (beside - parts if len(parts) > 1 else beside)

    @cached_property
    def is_about_papers(self) -> bool:
        """Whether the page says that it is about papers, in its name, its title or its first lines."""
        top = "\n".join(line[:200] for line in self.lines[:15])
        return claims.names_papers(f"{self.hint}\n{top}")

    @cached_property
    def may_be_digest(self) -> bool:
        """Whether its name has a word for papers or for what comes every day, or is hardly more than a day."""
        if self.is_named_for_papers or claims.names_digest(self.hint):
            return True
        day = dates.find(self.title)
        return day is not None and len(words(f"{self.title[: day.start]} {self.title[day.end :]}")) <= 1

    @cached_property
    def is_named_for_papers(self) -> bool:
        """Whether its title, topics or file name say that it is about papers."""
        return claims.names_papers(self.hint)

    @cached_property
    def speaks_of_papers(self) -> bool:
        """Whether its name, its first lines or a heading speak of papers, not only of research."""
        said = (*(line[:200] for line in self.lines[:15]), *(heading.title.text for heading in self.headings))
        return self.is_named_for_papers or any(map(claims.mentions_papers, said))

    def mentions_papers(self, first: int, last: int) -> bool:
        """Tell whether these lines speak of papers, not only of research."""
        return any(map(claims.mentions_papers, self.lines[first:last]))

    @cached_property
    def _by_line(self) -> dict[int, Heading]:
        return {heading.line: heading for heading in self.headings}

    def parent_of(self, line: int) -> int:
        """Return the line of the last heading above a line, the document's title aside; -1 without one."""
        at = bisect_left(self._section_lines, line)
        return self._section_lines[at - 1] if at else -1

    @cached_property
    def _section_lines(self) -> list[int]:
        return [heading.line for heading in self.headings if heading.line != self.titled_line]

    def section_title(self, line: int) -> str:
        """Return what the heading on that line calls its section; empty where there is none."""
        heading = self._by_line.get(line)
        return heading.title.text.lstrip("#＃ ") if heading is not None else ""

    def houses_papers(self, line: int) -> bool:
        """Tell whether the heading on that line says that papers stand below it."""
        return line >= 0 and claims.says_papers(self.lines[line])

    def labels(self, first: int, last: int) -> set[str]:
        """Return the labels (`Score: …`, `**한줄 요약**: …`) at the starts of these lines, of the first forty."""
        found = (_LABEL.match(line[:80]) for line in self.lines[first : min(last, first + 40)])
        return {match[1].strip().casefold() for match in found if match}

    @cached_property
    def titled_line(self) -> int | None:
        """Index of the line of the heading that is the document's title."""
        tops = [heading for heading in self.headings if heading.level == 1]
        if not tops:
            return self._dated_line
        if tops[0].title.number is not None and sum(h.title.number is not None for h in tops) > 1:
            return None
        lone = len(tops) == 1 and (
            tops[0].title.number is None or any(h.title.number is not None for h in self.headings[1:])
        )
        return tops[0].line if lone else None

    @cached_property
    def _dated_line(self) -> int | None:
        """Index of the line of the heading that opens the document with its date, as no other of its level has one."""
        if not self.headings or self.headings[0].block is not self.outline.blocks[0]:
            return None
        first = self.headings[0]
        beside = (heading for heading in self.headings[1:] if heading.level <= first.level)
        if first.title.number is not None or dates.find(first.title.text) is None:
            return None
        return None if any(dates.find(heading.title.text) for heading in beside) else first.line

    @cached_property
    def _declared_above(self) -> list[frozenset[int]]:
        named = self.declared | claims.declared(self.hint)
        return [*accumulate((claims.declared(line[:300]) for line in self.lines[:_TOP]), operator.or_, initial=named)]

    def declares(self, before: int) -> frozenset[int]:
        """Return the counts of papers that are declared above a line."""
        return self._declared_above[min(before, _TOP, len(self.lines))]

    @cached_property
    def is_titled_as_guide(self) -> bool:
        """Whether its title or one of its headings is that of a guide, a repository or a release; a title with a day is none."""
        said = kinds.explains_itself(self.title) or kinds.is_guide(
            self.title, (heading.key for heading in self.headings)
        )
        return said and not self.is_named_by_day

    @cached_property
    def is_how_to(self) -> bool:
        """Whether it is a guide, or describes a repository or a release of one, links to no paper and labels no authors."""
        if self.papers:
            return False
        said = self.is_titled_as_guide or kinds.are_steps([heading.title.text for heading in self.headings])
        return said and not self.labelled(0, len(self.lines))

    @cached_property
    def is_review(self) -> bool:
        """Whether its title says that it is about one paper."""
        return kinds.REVIEW_TAG.match(self.title) is not None and not self.is_named_by_day

    @cached_property
    def is_changelog(self) -> bool:
        """Whether it is the history of a program."""
        return kinds.is_changelog(self.title) and not self.is_named_by_day

    @cached_property
    def is_named_by_day(self) -> bool:
        """Whether its title has a date."""
        return dates.find(self.title) is not None

    @cached_property
    def has_day(self) -> bool:
        """Whether its title, topics or path have a date."""
        return dates.find(self.hint) is not None

    @cached_property
    def is_news(self) -> bool:
        """Whether its title says that it is of news, and it links elsewhere or doesn't speak of papers, and labels no authors."""
        if not claims.names_news(self.title) or self.papers_on or self.labels_authors:
            return False
        return self.links_elsewhere(0, len(self.lines)) or not any(map(claims.names_papers, self.lines))

    @cached_property
    def labels_authors(self) -> bool:
        """Whether a line labels authors."""
        return any(map(names_authors, self.lines))

    @cached_property
    def is_other_post(self) -> bool:
        """Whether it calls itself a kind of post that presents no papers, links to none and declares none, in its title at least."""
        if self.papers_on:
            return False
        hinted = kinds.names_other_posts(self.hint)
        if kinds.is_prompt_or_tools(self.title) or (hinted and kinds.names_other_posts(self.title)):
            return not claims.declared(self.title)
        return hinted and not self.declares(len(self.lines))

    def says_nothing(self, first: int, last: int) -> bool:
        """Tell whether these lines, up to a rule among them, have no more to say than that there is nothing."""
        at = bisect_left(self.rules, first)
        return claims.says_nothing(self.lines[first : min((last, *self.rules[at : at + 1]))])

    @cached_property
    def rules(self) -> list[int]:
        """The lines of the thematic breaks."""
        return [block.first for block in self.outline.blocks if block.kind is Kind.RULE]

    @cached_property
    def is_unfilled(self) -> bool:
        """Whether its day, the ids of its papers or most items are yet to be filled in, and it links to no paper."""
        return not self.papers and (blanks.awaits_day(self.title) or blanks.are_unfilled(self.lines))

    @cached_property
    def is_template(self) -> bool:
        """Whether it is there to be filled in: no paper linked, and fields or places for them left empty."""
        return not self.papers and self.has_blanks

    @cached_property
    def has_blanks(self) -> bool:
        """Whether fields, or places for them, were left empty, whatever it links to."""
        return blanks.awaits_day(self.title) or blanks.has_blanks(self.lines)

    @cached_property
    def denies_papers(self) -> bool:
        """Whether it says that there is no new paper, links to none and labels no authors."""
        return not self.papers_on and not self.labelled(0, len(self.lines)) and claims.denies_papers(self.lines)

    @cached_property
    def has_none_today(self) -> bool:
        """Whether it is named by its day and says that there is no new paper, whatever papers of other days it links to."""
        return self.is_named_by_day and (claims.denies_papers(self.lines) or (not self.papers and self._has_empty_part))

    @cached_property
    def _has_empty_part(self) -> bool:
        """Whether a heading has no more below it than that there is nothing."""
        lines = [*(heading.line for heading in self.headings), len(self.lines)]
        return any(self.says_nothing(first + 1, last) for first, last in pairwise(lines))
