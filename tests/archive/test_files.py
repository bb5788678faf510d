"""What is kept of files from one start to the next."""

from pathlib import Path

from bot.archive.archive import Archive, open_archive
from tests.archive.builders import digest, fill, paper


async def keep(archive: Archive, values: dict[str, str]) -> list[str]:
    """Keep texts, each its own stamp, and return which were written."""
    written: list[str] = []

    def pack(text: str) -> bytes:
        written.append(text)
        return text.encode()

    await archive.keep(values, lambda text: text, pack)
    return written


async def test_what_was_read_is_there_at_the_next_start(tmp_path: Path) -> None:
    async with open_archive(tmp_path / "archive.db") as archive:
        await keep(archive, {"a.md": "one", "b.md": "two"})

    async with open_archive(tmp_path / "archive.db") as archive:
        assert await archive.kept(bytes.decode) == ["one", "two"]


async def test_only_what_changed_is_written_and_what_is_gone_is_forgotten(archive: Archive) -> None:
    await keep(archive, {"a.md": "one", "b.md": "two", "c.md": "three"})

    written = await keep(archive, {"b.md": "two", "c.md": "another"})

    assert written == ["another"]
    assert await archive.kept(bytes.decode) == ["two", "another"]


async def test_the_mapping_kept_last_costs_nothing(archive: Archive) -> None:
    values = {"a.md": "one"}
    await keep(archive, values)
    values["a.md"] = "changed in place, which nobody does: the mapping is not looked at"

    assert await keep(archive, values) == []


async def test_what_can_no_longer_be_made_out_is_left_out(archive: Archive) -> None:
    await keep(archive, {"a.md": "one", "b.md": "two"})

    assert await archive.kept(lambda packed: None if packed == b"one" else packed) == [b"two"]


async def test_indexing_leaves_what_was_kept(archive: Archive) -> None:
    await keep(archive, {"a.md": "one"})

    await fill(archive, digest(paper("A Title of a Paper")))

    assert await archive.kept(bytes.decode) == ["one"]


async def test_a_damaged_archive_keeps_anew(tmp_path: Path) -> None:
    path, values = tmp_path / "archive.db", {"a.md": "one" * 5000}
    async with open_archive(path) as archive:
        await keep(archive, values)
    damaged = bytearray(path.read_bytes())
    damaged[4096:] = b"\xff" * len(damaged[4096:])
    path.write_bytes(damaged)

    async with open_archive(path) as archive:
        assert await archive.kept(bytes.decode) == []
        await archive.sync((), lambda _: "")
        await keep(archive, values)

        assert await archive.kept(bytes.decode) == list(values.values())
