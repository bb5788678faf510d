"""What crosses the wire, against a stand-in for Discord that runs as a process of its own.

The stand-in (`python -m tests.wire` prints where it listens) knows nothing of the bot's code and uses no Discord library. It answers REST
and the gateway as Discord documents them, keeps the truth about what was posted, and misbehaves when told to under `/control/`.
"""
