"""`python -m beian`: serve, reload, chat, ask, desk, train, check, contract, data, suite."""

from __future__ import annotations

import time

_BEGUN = time.monotonic()

import os  # noqa: E402

# SQLAlchemy reads it when it is imported; Rasa's old way of using it is none of an operator's concern.
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

import argparse  # noqa: E402 - the start is timed from the first line
import sys  # noqa: E402

import beian  # noqa: E402
from beian.cli import (  # noqa: E402
    ask,
    chat,
    check,
    contract,
    data,
    desk,
    reload,
    serve,
    train,
)
from beian.testing import cli as suite  # noqa: E402

_COMMANDS = (serve, reload, chat, ask, desk, train, check, contract, data, suite)


def main(arguments: list[str] | None = None) -> int:
    """Run a command; the process' exit status."""
    parser = argparse.ArgumentParser(prog="beian", description="备案变更助手")
    parser.add_argument("--version", action="version", version=f"beian {beian.__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    for module in _COMMANDS:
        module.add_parser(commands)
    options = parser.parse_args(arguments)
    options.begun = _BEGUN
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())
