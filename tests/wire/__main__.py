"""`python -m tests.wire`: serve on a free port of loopback until standard input closes, and print the port as JSON."""

import asyncio
import json
import sys

from tests.wire.server import Host
from tests.wire.truth import Settings


async def main() -> None:
    """Serve until whoever started this is gone."""
    host = Host()
    port = await host.open(Settings())
    print(json.dumps({"port": port}), flush=True)  # noqa: T201 - the address is what this prints
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await host.close()


asyncio.run(main())
