"""`/digest` as a reader meets it."""

from tests.cogs.stage import DIGEST, Stage, text_of


async def test_the_newest_digest_is_shown_to_the_asker_alone(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "digest latest")

    assert seen.ephemeral
    assert "1. Slow Rivers: Long-Context Reading with Constant Memory" in text_of(seen)


async def test_a_shared_digest_is_seen_by_everybody(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "digest latest", share=True)

    assert not seen.ephemeral


async def test_a_digest_whose_day_has_not_come_is_not_the_newest(here: Stage) -> None:
    here.write("2024-03-06-daily-digest", DIGEST.format(day="6 Mar 2024"))

    seen = await here.reader.slash(here.channel, "digest latest")

    assert "4 Mar 2024" in text_of(seen)


async def test_a_day_is_shown_whatever_form_its_date_has(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "digest show", date="2024년 3월 4일")

    assert "Paper Boats" in text_of(seen)


async def test_a_day_without_a_digest_names_the_nearest_one(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "digest show", date="2024-02-01")

    assert "2024-03-04" in text_of(seen)


async def test_what_is_no_date_is_told_kindly(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "digest show", date="2024-02-31")

    assert "YYYY-MM-DD" in text_of(seen)


async def test_days_are_offered_newest_first(here: Stage) -> None:
    here.write("2024-03-05-daily-digest", DIGEST.format(day="5 Mar 2024"))
    await here.tick()

    choices = await here.reader.autocomplete(here.channel, "digest show", "date", "2024-03")

    assert [choice["value"] for choice in choices] == ["2024-03-05", "2024-03-04"]


async def test_without_digests_a_sentence_says_so(here: Stage) -> None:
    (here.folder / "digests" / "2024-03-04-daily-digest.md").unlink()

    seen = await here.reader.slash(here.channel, "digest latest")

    assert "no digest yet" in text_of(seen)
