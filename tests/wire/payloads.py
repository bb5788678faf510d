"""The world's things as Discord's JSON."""

import datetime as dt

from tests.wire.truth import ALL, EPOCH, Channel, Guild, Message, Payload, User, World

FORUMS, THREADS = {15, 16}, {10, 11, 12}


def user(person: User) -> Payload:
    """Return a user object."""
    return {
        "id": str(person.id),
        "username": person.name,
        "discriminator": "0",
        "global_name": person.name,
        "avatar": None,
        "bot": person.bot,
    }


def member(person: User) -> Payload:
    """Return a member object as interactions carry it."""
    return {
        "user": user(person),
        "roles": [],
        "permissions": str(person.permissions),
        "joined_at": "2024-01-01T00:00:00+00:00",
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "nick": None,
        "avatar": None,
    }


def channel(place: Channel, world: World) -> Payload:
    """Return a channel object."""
    payload: Payload = {
        "id": str(place.id),
        "type": place.type,
        "last_message_id": None if place.last_message_id is None else str(place.last_message_id),
        "flags": 0,
    }
    if place.recipient_id is not None:
        return payload | {"recipients": [user(world.users[place.recipient_id])]}
    return payload | {
        "name": place.name,
        "guild_id": str(place.guild_id),
        "position": 0,
        "permission_overwrites": [],
        "nsfw": False,
        "topic": None,
        "parent_id": None if place.parent_id is None else str(place.parent_id),
        "rate_limit_per_user": 0,
        "flags": place.flags,
        **_of_kind(place),
    }


def _of_kind(place: Channel) -> Payload:
    if place.type in FORUMS:
        return {"available_tags": place.tags, "default_reaction_emoji": None, "default_sort_order": None}
    if place.type in THREADS:
        archived = {"archived": place.archived or place.locked, "locked": place.locked, "auto_archive_duration": 4320}
        return {
            "owner_id": str(place.owner_id or place.id),
            "thread_metadata": archived | {"archive_timestamp": "2024-01-01T00:00:00+00:00"},
            "applied_tags": place.applied_tags,
            "message_count": len(place.messages),
            "member_count": 1,
            "total_message_sent": len(place.messages),
        }
    return {}


def resolved_channel(place: Channel, asker: User) -> Payload:
    """Return the partial channel that an option resolves to."""
    return {
        "id": str(place.id),
        "name": place.name,
        "type": place.type,
        "permissions": str(asker.permissions),
        "app_permissions": str(place.permissions),
        "parent_id": None,
        "flags": 0,
    }


def role(role_id: int, name: str) -> Payload:
    """Return a role object."""
    return {
        "id": str(role_id),
        "name": name,
        "permissions": str(int(ALL)),
        "position": 0,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": True,
        "flags": 0,
    }


def guild(server: Guild, world: World) -> Payload:
    """Return the payload of GUILD_CREATE."""
    channels = [channel(place, world) for place in world.channels.values() if place.guild_id == server.id]
    return {
        "id": str(server.id),
        "name": server.name,
        "owner_id": str(server.owner_id),
        "preferred_locale": server.locale,
        "roles": [role(server.id, "@everyone")] + [role(*each) for each in server.roles.items()],
        "channels": channels,
        "threads": [],
        "emojis": [{"id": str(server.id + 1), "name": "spark", "roles": [], "animated": False}],
        "stickers": [],
        "features": [],
        "members": [member(world.bot)],
        "member_count": 3,
        "unavailable": False,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "large": False,
        "joined_at": "2024-01-01T00:00:00+00:00",
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def message(written: Message, world: World) -> Payload:
    """Return a message object as REST answers it: without its nonce."""
    seconds = ((written.id >> 22) + EPOCH) / 1000
    payload: Payload = {
        "id": str(written.id),
        "channel_id": str(written.channel_id),
        "author": user(world.users[written.author_id]),
        "content": written.body.get("content") or "",
        "embeds": written.body.get("embeds") or [],
        "components": written.body.get("components") or [],
        "flags": written.body.get("flags", 0) | int(written.published),
        "timestamp": dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat(),
        "edited_timestamp": None,
        "type": 0,
        "tts": False,
        "pinned": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
    }
    if written.webhook_id is not None:
        payload["webhook_id"] = str(written.webhook_id)
    return payload


def application(world: World) -> Payload:
    """Return the answer of *Get Current Application*."""
    return {
        "id": str(world.bot.id),
        "name": world.bot.name,
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": user(world.owner),
        "team": None,
        "verify_key": "0" * 64,
        "flags": 0,
    }
