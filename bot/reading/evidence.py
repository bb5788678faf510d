"""Whether a group of entries is of papers at all, however it compares with others."""

import re

from bot.reading import dates, links
from bot.reading.blanks import is_place
from bot.reading.claims import says_papers
from bot.reading.entry import LISTS, Form, Group
from bot.reading.headings import leads_elsewhere
from bot.reading.kinds import looks_back
from bot.reading.page import Page
from bot.reading.scoring import Score
from bot.reading.wording import is_latin, is_title_cased, words

_YEAR_FIRST = re.compile(r"(?:19|20)\d\d\b")
"""How the names of a year's, a month's and a week's digests begin: `2026-W33`."""


def is_evident(page: Page, group: Group, judged: Score) -> bool:
    """Tell it from the group's links; without them from labels and counts, and from what the page says of itself."""
    if page.is_template or page.is_changelog or all(is_place(entry.title) for entry in group.entries):
        return False
    if _are_linked(group, judged):
        return True
    if page.is_how_to or page.is_other_post or page.denies_papers or (looks_back(page.title) and not judged.labelled):
        return False
    if group.form is Form.HEADINGS and group.numbered:
        return _count_papers(page, group, judged)
    return _say_papers(page, group, judged) or (
        judged.titled >= 0.8
        and (_are_notes(page, group, judged) or _are_described(page, group) or _are_cased(page, group))
    )


def is_lone_part(page: Page, group: Group, judged: Score) -> bool:
    """Tell whether there is but one heading, which neither counts nor links nor labels authors, and has several papers below it."""
    one = group.entries[0]
    if group.form is not Form.HEADINGS or len(group.entries) > 1 or group.numbered or judged.labelled:
        return False
    return not page.linked(one.first, one.body) and len({*page.papers_between(one.first, one.last)}) > 1


def _are_linked(group: Group, judged: Score) -> bool:
    if judged.linked >= (0.5 if group.numbered else 0.6) and judged.titled >= 0.3:
        return True  # and where all are linked, ids may stand in place of titles, or titles of one word
    return judged.linked >= 0.9 and (
        group.form is Form.TABLE or (group.form is Form.HEADINGS and len(group.entries) > 1 and not judged.crowded)
    )


def _count_papers(page: Page, group: Group, judged: Score) -> bool:
    """Take numbered headings for papers on a page that may be a digest, unless they are of news, lead elsewhere, or one stands alone."""
    is_alone = len(group.entries) == 1 and not judged.labelled and not page.is_named_for_papers
    labelled = judged.labelled >= 0.5
    elsewhere = leads_elsewhere(page, group) and not (page.speaks_of_papers or page.labels_authors)
    if page.is_news or page.is_review or is_alone or elsewhere or (_are_questions(group) and not labelled):
        return False
    cased = sum(is_title_cased(entry.title) for entry in group.entries) * 10 >= len(group.entries) * 8
    if not (labelled or cased or judged.declared or judged.housed >= 0.5 or page.may_be_digest):
        return False
    said = judged.titled >= 0.3 or (labelled and not judged.stops)
    return said and (page.is_named_for_papers or labelled or not leads_elsewhere(page, group))


def _say_papers(page: Page, group: Group, judged: Score) -> bool:
    """Tell it from words, on a page or in parts that are about papers: a count, labels, the name of a column or a part."""
    said = page.is_about_papers or judged.housed >= 0.8 or (judged.declared and max(judged.linked, judged.labelled) > 0)
    is_alone = len(group.entries) == 1 and not judged.linked
    if not said or judged.titled < 0.6 or _are_questions(group) or is_alone:
        return False
    if judged.declared or judged.labelled >= 0.6 or (judged.alike >= 0.8 and judged.housed >= 0.8):
        return True
    return judged.titled >= 0.8 and _is_named(page, group, judged)


def _are_questions(group: Group) -> bool:
    """Tell whether half of the titles or more are questions, as the headings of a page about itself are."""
    questions = sum(entry.title.endswith(("?", "？")) for entry in group.entries)
    return len(group.entries) > 1 and questions * 2 >= len(group.entries)


def _is_named(page: Page, group: Group, judged: Score) -> bool:
    """Tell whether a table's column is called papers, or what is bold stands in such parts or, two or more linked, on such a page."""
    if group.form is Form.TABLE:
        return says_papers(group.name)
    named = judged.housed >= 0.5 or (page.is_named_for_papers and judged.linked >= max(0.3, 2 / len(group.entries)))
    bold = sum("**" in entry.source for entry in group.entries)
    return group.form in {Form.BOLD, *LISTS} and named and bold >= max(2, len(group.entries) * 0.8)


def _are_notes(page: Page, group: Group, judged: Score) -> bool:
    """Tell whether the entries link to notes of their author's own, with titles as long as papers have and no days among them."""
    entries = group.entries
    if len(entries) < 3 or not (judged.housed >= 0.5 or judged.declared or page.is_named_for_papers):
        return False
    notes = sum(links.leads_to_note(page.lines[entry.first]) for entry in entries)
    length = sum(max(len(words(entry.title)), sum(not c.isascii() for c in entry.title) // 3) for entry in entries)
    days = sum(dates.find(entry.title) is not None or _YEAR_FIRST.match(entry.title) is not None for entry in entries)
    return notes * 10 >= len(entries) * 8 and length >= len(entries) * 5 and days * 5 <= len(entries)


def _are_cased(page: Page, group: Group) -> bool:
    """Tell three titles or more, nearly all written as English titles are, on a page of a day about papers, from links to elsewhere."""
    if len(group.entries) < 3 or group.form is Form.HEADINGS or not page.is_about_papers or not page.has_day:
        return False
    cased = sum(is_title_cased(entry.title) and is_latin(entry.title) for entry in group.entries)
    return cased * 10 >= len(group.entries) * 8 and not leads_elsewhere(page, group)


def _are_described(page: Page, group: Group) -> bool:
    """Tell titles with text below them, on a page that calls itself one of a day's papers and links to none, from links to elsewhere."""
    if len(group.entries) < 2 or not (page.is_named_for_papers and page.is_named_by_day) or page.papers_on:
        return False
    with_text = sum(any(line.strip() for line in page.lines[entry.body : entry.last]) for entry in group.entries)
    return with_text * 2 > len(group.entries) and not leads_elsewhere(page, group)
