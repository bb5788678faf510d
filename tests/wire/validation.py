"""The rules of *Create Message*, as strict as Discord's."""

from typing import Any

from tests.wire.errors import ApiError, invalid_form
from tests.wire.truth import Payload

EMBED_LIMITS = {"title": 256, "description": 4096}
TOTAL = 6000
"""Characters over all embeds of a message."""
ADDRESS = 2048


def check_message(body: Payload) -> None:
    """Refuse a message that Discord would refuse."""
    _limit("content", body.get("content") or "", 2000)
    embeds = body.get("embeds") or []
    if len(embeds) > 10:
        raise invalid_form("embeds", "Must be 10 or fewer in length.", "BASE_TYPE_BAD_LENGTH")
    for index, embed in enumerate(embeds):
        _check_embed(f"embeds.{index}", embed)
    if sum(map(_size, embeds)) > TOTAL:
        raise invalid_form("embeds", f"Embed size exceeds maximum size of {TOTAL}", "MAX_EMBED_SIZE_EXCEEDED")
    _check_components(body.get("components") or [])
    if not (body.get("content") or embeds or body.get("components")):
        raise ApiError(400, 50006, "Cannot send an empty message")


def check_nonce(body: Payload) -> str | None:
    """Return the nonce, if it is to be enforced."""
    nonce = body.get("nonce")
    if nonce is None:
        return None
    _limit("nonce", str(nonce), 25)
    return str(nonce) if body.get("enforce_nonce") else None


def _check_embed(path: str, embed: Payload) -> None:
    for name, limit in EMBED_LIMITS.items():
        _limit(f"{path}.{name}", embed.get(name) or "", limit)
    _limit(f"{path}.footer.text", (embed.get("footer") or {}).get("text", ""), 2048)
    for name, field in (("url", embed.get("url")), ("image.url", (embed.get("image") or {}).get("url"))):
        if field is not None and not field.startswith(("http://", "https://")):
            raise invalid_form(f"{path}.{name}", "Scheme must be one of ('http', 'https').", "URL_TYPE_INVALID_SCHEME")
        _limit(f"{path}.{name}", field or "", ADDRESS)
    if not any(embed.get(part) for part in ("title", "description", "image", "fields", "footer")):
        raise invalid_form(path, "This embed is empty.", "EMBED_EMPTY")


def _size(embed: Payload) -> int:
    texts = [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
    texts += [text for part in embed.get("fields", ()) for text in (part["name"], part["value"])]
    return sum(len((text or "").strip()) for text in texts)


def _check_components(rows: list[Payload]) -> None:
    if len(rows) > 5:
        raise invalid_form("components", "Must be 5 or fewer in length.", "BASE_TYPE_BAD_LENGTH")
    seen: set[str] = set()
    for y, row in enumerate(rows):
        if row.get("type") != 1 or not 1 <= len(row.get("components", ())) <= 5:
            raise invalid_form(f"components.{y}", "An action row holds 1 to 5 components.", "BASE_TYPE_BAD_LENGTH")
        for x, component in enumerate(row["components"]):
            _check_component(f"components.{y}.components.{x}", component, seen)


def _check_component(path: str, component: Payload, seen: set[str]) -> None:
    if component["type"] == 2 and component.get("style") == 5:
        _limit(f"{path}.url", component["url"], 512)
        return
    custom_id = component.get("custom_id", "")
    _limit(f"{path}.custom_id", custom_id, 100, at_least=1)
    if custom_id in seen:
        raise invalid_form(f"{path}.custom_id", "Component custom id cannot be duplicated", "COMPONENT_DUPLICATED")
    seen.add(custom_id)
    if component["type"] == 2:
        _limit(f"{path}.label", component.get("label") or "", 80)
    if component["type"] == 3:
        _check_options(path, component)


def _check_options(path: str, select: Payload) -> None:
    options = select.get("options", [])
    _limit(f"{path}.placeholder", select.get("placeholder") or "", 150)
    if not 1 <= len(options) <= 25:
        raise invalid_form(f"{path}.options", "Must be between 1 and 25 in length.", "BASE_TYPE_BAD_LENGTH")
    for index, option in enumerate(options):
        for name in ("label", "value"):
            _limit(f"{path}.options.{index}.{name}", option[name], 100, at_least=1)
    if len({option["value"] for option in options}) != len(options):
        message = "The specified option value is already used"
        raise invalid_form(f"{path}.options", message, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED")


def _limit(path: str, text: Any, limit: int, *, at_least: int = 0) -> None:
    if not isinstance(text, str):
        raise invalid_form(path, "Must be a string.", "BASE_TYPE_BAD_TYPE")
    if not at_least <= len(text.strip()) <= limit:
        raise invalid_form(path, f"Must be between {at_least} and {limit} in length.", "BASE_TYPE_BAD_LENGTH")
