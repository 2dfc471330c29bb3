"""`python -m beian suite`: what `beian-suite` does, and recording stored conversations."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Any

from beian_suite import cli


def add_parser(commands: Any) -> None:
    """Declare the command and its actions."""
    parser = commands.add_parser("suite", help="files of test conversations: record, check, convert, schema")
    actions = parser.add_subparsers(dest="action", required=True)
    recording = actions.add_parser("record", help="turn a stored conversation into a test case")
    which = recording.add_mutually_exclusive_group(required=True)
    which.add_argument("--conversation", help="the conversation's id, as the desk shows it")
    which.add_argument("--sender", help="the sender name another system used with the webhook")
    recording.add_argument("--name", help="name of the case (the conversation's first message)")
    recording.add_argument("--var", type=Path, help="folder of the databases and the secret (var/)")
    recording.add_argument("--out", type=Path, metavar="FILE", help="write here (standard output)")
    cli.add_actions(actions)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do it; the exit status is 1 when there was nothing to write or a file has faults."""
    if options.action != "record":
        return cli.run(options)
    try:
        return _record(options)
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _record(options: argparse.Namespace) -> int:
    from beian.testing.record import record
    from beian_suite.emit import to_yaml

    events = asyncio.run(_events(options))
    first = next(
        (event["text"] for event in events if event.get("event") == "user" and event.get("text")), None
    )
    if first is None:
        sys.stderr.write("没有这个会话，或者其中没有用户的话\n")
        return 1
    cli.write(options, to_yaml([record(options.name or first, events)]))
    return 0


async def _events(options: argparse.Namespace) -> list[dict[str, Any]]:
    """The stored events of the conversation asked for, from the store the server uses."""
    from beian.engine.without_tensorflow import keep_tensorflow_out
    from beian.logs import keep_rasa_quiet
    from beian.settings import from_environment
    from beian.tokens import Signer, load_secret

    keep_tensorflow_out()
    keep_rasa_quiet()
    from beian.engine.endpoints import open_tracker_store, read_endpoints

    settings = from_environment(var=options.var)
    store = await open_tracker_store(read_endpoints(), settings.var)
    names = [options.conversation]
    if options.sender is not None:
        signer = Signer(settings.secret or load_secret(settings.var), settings.secret_old)
        names = signer.conversations_of_sender(options.sender)
    # What was stored under the name that the old secret gave came first.
    return [event for name in reversed(names) for event in store.events(name)]
