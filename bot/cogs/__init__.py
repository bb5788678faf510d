"""Slash commands: check, one call inward, one reply."""
