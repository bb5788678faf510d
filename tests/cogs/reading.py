"""What tests of reading and keeping papers share."""

from typing import Any

from tests.cogs.stage import DIGEST, Stage

RIVERS = "2024-03-04-daily-digest/1"
BOATS = "2024-03-04-daily-digest/2"


def controls(message: Any) -> dict[str, dict[str, Any]]:
    """Return the buttons and selects of a message by what is written on them."""
    children = [child for row in message.components for child in row["components"]]
    return {child.get("label") or child["placeholder"]: child for child in children}


async def press(here: Stage, message: Any, label: str, who: Any = None) -> Any:
    """Press the button that says `label`."""
    return await (who or here.reader).click(message, custom_id=controls(message)[label]["custom_id"])


async def choose(here: Stage, message: Any, placeholder: str, which: int = 0, who: Any = None) -> Any:
    """Choose an option of the select that says `placeholder`."""
    select = controls(message)[placeholder]
    value = select["options"][which]["value"]
    return await (who or here.reader).select(message, values=[value], custom_id=select["custom_id"])


async def save(here: Stage, paper: str = RIVERS, who: Any = None) -> Any:
    """Save a paper by the button under its card."""
    shown = await (who or here.reader).slash(here.channel, "paper show", paper=paper)
    return await press(here, shown.response, "Save to reading list", who)


async def write_days(here: Stage, *texts: str) -> None:
    """Let the author write a digest a day before the one that is there, newest first."""
    for day, text in zip(range(3, 3 - len(texts), -1), texts, strict=True):
        here.write(f"2024-03-{day:02}-daily-digest", DIGEST.split("###")[0].format(day=f"{day} Mar 2024") + text)
    await here.app.index()


async def file_of(message: Any, name: str) -> str:
    """Return the text of an attachment."""
    [attachment] = [each for each in message.attachments if each.filename == name]
    content: bytes = await attachment.read()
    return content.decode("utf-8-sig")
