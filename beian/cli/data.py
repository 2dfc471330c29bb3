"""`python -m beian data`: purge, delete, export, back up, put back, bring up to date."""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beian.cli.faults import telling_faults

if TYPE_CHECKING:
    from beian.settings import Settings
    from beian.store.backup.manifest import Manifest
    from beian.store.schema.places import Database


def add_parser(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "data", help="purge, delete, export, back up, restore or migrate stored data"
    )
    parser.add_argument("--var", type=Path, help="folder of the databases and the secret (var/)")
    actions = parser.add_subparsers(dest="action", required=True)
    purge = actions.add_parser("purge", help="remove what is older than the retention time")
    purge.add_argument("--days", type=_days, help="age in days (BEIAN_RETENTION_DAYS, 90)")
    purge.add_argument("--yes", action="store_true", help="also when the clock looks wrong or most would go")
    for name, text in (
        ("delete", "remove one conversation from every table"),
        ("export", "print one as JSON"),
    ):
        action = actions.add_parser(name, help=text)
        which = action.add_mutually_exclusive_group(required=True)
        which.add_argument("--conversation", help="the conversation's id, as the desk shows it")
        which.add_argument("--sender", help="the sender name another system used with the webhook")
    for name, text in (
        ("backup", "write both databases and the secret into a new folder, while the server runs"),
        ("restore", "put a backup in the place of what is there; no server may run"),
    ):
        actions.add_parser(name, help=text).add_argument("folder", type=Path)
    actions.add_parser("migrate", help="bring the databases to this program's version; no server may run")
    parser.set_defaults(run=run)


def _days(text: str) -> float:
    days = float(text)
    if not 0 <= days < math.inf:
        raise ValueError(text)
    return days


def run(options: argparse.Namespace) -> int:
    """Do it and print the outcome as JSON; status 1 when there was nothing to delete or export."""
    with telling_faults():
        outcome = {"backup": _backup, "restore": _restore, "migrate": _migrate}.get(options.action, _do)(
            options
        )
    print(json.dumps(outcome, ensure_ascii=False, indent=2))
    if options.action not in ("delete", "export"):
        return 0
    return 0 if any(outcome.values()) else 1


def _places(options: argparse.Namespace) -> tuple[Settings, list[Database]]:
    from beian.engine.endpoints import databases, read_endpoints
    from beian.settings import from_environment

    settings = from_environment(var=options.var)
    return settings, databases(settings, read_endpoints())


def _say(sentence: str) -> None:
    """Beside the outcome, which programs may read."""
    print(sentence, file=sys.stderr)


def _backup(options: argparse.Namespace) -> dict[str, Any]:
    from beian.store.backup.make import backup

    settings, places = _places(options)
    manifest = backup(settings, places, options.folder.absolute())
    return {"backup": str(options.folder), **_summary(manifest)}


def _restore(options: argparse.Namespace) -> dict[str, Any]:
    from beian.store.backup.restore import restore

    settings, places = _places(options)
    manifest, aside = restore(settings, places, options.folder.absolute())
    return {"restored": str(options.folder), **_summary(manifest), "replaced": [str(kept) for kept in aside]}


def _summary(manifest: Manifest) -> dict[str, Any]:
    held = [part for part in manifest.parts.values() if part.holds]
    return {
        "made": manifest.made,
        "revisions": {name: revision for part in held for name, revision in part.holds.items()},
        "rows": {name: rows for part in held for name, rows in part.rows.items()},
    }


def _migrate(options: argparse.Namespace) -> dict[str, Any]:
    from beian.store.schema.prepare import prepare
    from beian.store.schema.revisions import head
    from beian.store.schema.sole import sole_use

    _, places = _places(options)
    with sole_use(places):
        prepare(places, "all", _say)
    return {place.line.name: head(place.line) for place in places}


def _do(options: argparse.Namespace) -> dict[str, Any]:
    from beian.engine.endpoints import read_endpoints, tracker_store
    from beian.engine.without_tensorflow import keep_tensorflow_out
    from beian.logs import keep_rasa_quiet
    from beian.retention import purge as retention
    from beian.store.conversations import ConversationStore
    from beian.store.schema.prepare import prepare
    from beian.tokens import Signer, load_secret

    keep_tensorflow_out()
    keep_rasa_quiet()
    settings, places = _places(options)
    prepare(places, "nothing", _say)
    store = ConversationStore(settings.database or settings.var / "conversations.db")
    # Without the event broker: nothing here is an event.
    trackers = tracker_store(read_endpoints(), settings.var)
    if options.action == "purge":
        days = settings.retention_days if options.days is None else options.days
        return retention.purge(store, trackers, days, sure=options.yes)
    names = [options.conversation]
    if options.sender is not None:
        signer = Signer(settings.secret or load_secret(settings.var), settings.secret_old)
        names = signer.conversations_of_sender(options.sender)
    do = retention.delete if options.action == "delete" else retention.export
    return _joined([do(store, trackers, name) for name in names])


def _joined(outcomes: list[dict[str, Any]]) -> dict[str, Any]:
    """Numbers of rows, or rows, of one sender's conversations together."""
    first, *others = outcomes
    return {table: sum((other[table] for other in others), start=found) for table, found in first.items()}
