"""SQLAlchemy's asynchronous engine, without the object mapper that its package imports along: 6 MB and 0.1 s for nothing.

The package is entered unrun, so that its engine can be imported; it runs when anybody wants more of it, and then is what it always was.
"""
# ruff: noqa: E402, PLC0414

import sys
from importlib.util import find_spec, module_from_spec

PACKAGE = "sqlalchemy.ext.asyncio"


def enter_unrun(name: str) -> None:
    """Let the submodules of a package be imported without running the package itself; leave it alone if it has run."""
    spec = find_spec(name)
    if name in sys.modules or spec is None or spec.loader is None:
        return
    package, loader = module_from_spec(spec), spec.loader

    def run(wanted: str) -> object:
        if wanted.startswith("__") or find_spec(f"{name}.{wanted}") is not None:
            raise AttributeError(wanted)  # the import system asks so before it imports a submodule
        del vars(package)["__getattr__"]
        loader.exec_module(package)
        return getattr(package, wanted)

    vars(package)["__getattr__"] = run
    sys.modules[name] = package


enter_unrun(PACKAGE)

from sqlalchemy.ext.asyncio.engine import AsyncConnection as AsyncConnection
from sqlalchemy.ext.asyncio.engine import AsyncEngine as AsyncEngine
from sqlalchemy.ext.asyncio.engine import create_async_engine as create_async_engine
