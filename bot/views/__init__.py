"""Persistent controls under posts and answers."""
