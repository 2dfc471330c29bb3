"""`python -m beian data`: purge what is old, delete or export one conversation."""

from __future__ import annotations

import argparse
import asyncio
import json
import math
from pathlib import Path
from typing import Any

from beian.cli.faults import told


def add_parser(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("data", help="purge, delete or export stored conversations")
    parser.add_argument("--var", type=Path, help="folder of the databases and the secret (var/)")
    actions = parser.add_subparsers(dest="action", required=True)
    purge = actions.add_parser("purge", help="remove what is older than the retention time")
    purge.add_argument("--days", type=_days, help="age in days (BEIAN_RETENTION_DAYS, 90)")
    for name, text in (
        ("delete", "remove one conversation from every table"),
        ("export", "print one as JSON"),
    ):
        action = actions.add_parser(name, help=text)
        which = action.add_mutually_exclusive_group(required=True)
        which.add_argument("--conversation", help="the conversation's id, as the desk shows it")
        which.add_argument("--sender", help="the sender name another system used with the webhook")
    parser.set_defaults(run=run)


def _days(text: str) -> float:
    days = float(text)
    if not 0 <= days < math.inf:
        raise ValueError(text)
    return days


def run(options: argparse.Namespace) -> int:
    """Do it and print the outcome as JSON; status 1 when there was nothing to delete or export."""
    with told():
        outcome = asyncio.run(_do(options))
    print(json.dumps(outcome, ensure_ascii=False, indent=2))
    if options.action == "purge":
        return 0
    return 0 if any(outcome.values()) else 1


async def _do(options: argparse.Namespace) -> dict[str, Any]:
    from beian.server import retention
    from beian.server.absent import keep_tensorflow_out
    from beian.server.endpoints import open_tracker_store, read_endpoints
    from beian.server.logs import keep_rasa_quiet
    from beian.server.settings import from_environment
    from beian.server.store import ConversationStore
    from beian.server.tokens import Signer, load_secret

    keep_tensorflow_out()
    keep_rasa_quiet()
    settings = from_environment(var=options.var)
    store = ConversationStore(settings.database or settings.var / "conversations.db")
    trackers = await open_tracker_store(read_endpoints(), settings.var)
    if options.action == "purge":
        return retention.purge(
            store, trackers, settings.retention_days if options.days is None else options.days
        )
    conversation = options.conversation
    if conversation is None:
        conversation = Signer(settings.secret or load_secret(settings.var)).conversation_of_sender(
            options.sender
        )
    if options.action == "delete":
        return dict(retention.delete(store, trackers, conversation))
    return retention.export(store, trackers, conversation)
