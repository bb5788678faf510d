"""How Discord's client turns what a person typed into the data of an interaction, by the commands that the bot registered."""

from collections.abc import Iterable
from typing import Any

from tests.wire import payloads
from tests.wire.truth import Payload, User, World

SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, NUMBER = 1, 2, 3, 4, 5, 6, 7, 8, 10


class CannotTypeError(Exception):
    """Discord's client would not let a person send this: a mistake of the test."""


def command_data(world: World, asker: User, name: str, given: Payload, focused: str | None = None) -> Payload:
    """Return the data of a slash command (`channel subscribe`), or of an autocompletion where an option is `focused`."""
    first, *rest = name.split()
    command = _named(world.commands, first)
    resolved: Payload = {}
    path: list[Payload] = []
    node = command
    for step in rest:
        node = _named(node.get("options", ()), step)
        path.append(node)
    options = _fill(world, asker, node, given, focused, resolved)
    for step_node in reversed(path):
        options = [{"type": step_node["type"], "name": step_node["name"], "options": options}]
    data: Payload = {"id": command["id"], "name": command["name"], "type": 1, "options": options}
    return data | {"resolved": resolved} if resolved else data


def _named(nodes: Iterable[Payload], name: str) -> Payload:
    for node in nodes:
        if node["name"] == name:
            return node
    raise CannotTypeError(f"there is no command or option {name!r}")


def _fill(
    world: World, asker: User, node: Payload, given: Payload, focused: str | None, resolved: Payload
) -> list[Payload]:
    definitions = node.get("options", [])
    unknown = given.keys() - {option["name"] for option in definitions}
    if unknown:
        raise CannotTypeError(f"no such options: {sorted(unknown)}")
    missing = [option["name"] for option in definitions if option.get("required") and option["name"] not in given]
    if missing and focused is None:
        raise CannotTypeError(f"options are missing: {missing}")
    filled = []
    for option in definitions:
        if option["name"] not in given:
            continue
        value = given[option["name"]]
        is_focused = option["name"] == focused
        if not is_focused:
            _check(option, value)
        typed = {
            "type": option["type"],
            "name": option["name"],
            "value": _resolve(world, asker, option, value, resolved),
        }
        filled.append(typed | {"focused": True} if is_focused else typed)
    return filled


def _check(option: Payload, value: Any) -> None:
    choices = option.get("choices") or ()
    if choices and value not in [choice["value"] for choice in choices]:
        raise CannotTypeError(f"{value!r} is none of the choices of {option['name']}")
    if option["type"] == STRING and not option.get("min_length", 0) <= len(value) <= option.get("max_length", 6000):
        raise CannotTypeError(f"{option['name']} has a length that is not allowed")
    if option["type"] in {INTEGER, NUMBER}:
        low, high = option.get("min_value", value), option.get("max_value", value)
        if not low <= value <= high:
            raise CannotTypeError(f"{option['name']} is out of range")


def _resolve(world: World, asker: User, option: Payload, value: Any, resolved: Payload) -> Any:
    match option["type"]:
        case 7:
            place = world.channels[int(value)]
            if option.get("channel_types") and place.type not in option["channel_types"]:
                raise CannotTypeError(f"{option['name']} takes no channel of type {place.type}")
            resolved.setdefault("channels", {})[str(value)] = payloads.resolved_channel(place, asker)
        case 8:
            names = {role: name for guild in world.guilds.values() for role, name in guild.roles.items()}
            resolved.setdefault("roles", {})[str(value)] = payloads.role(int(value), names[int(value)])
        case 6:
            resolved.setdefault("users", {})[str(value)] = payloads.user(world.users[int(value)])
        case _:
            return value
    return str(value)
