"""What the bot sends, held against Discord's own description of its API: a check for developers, which needs npm and its registry.

`python -m tests.spec` renders every sample digest in every style and language, takes every slash command, and lets the npm package
discord-api-spec judge them, strictly: a field that Discord does not know is a mistake too.
"""
