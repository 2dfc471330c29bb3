"""`python -m beian suite`: record a conversation, convert other tools' tests, print the schema."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).parent / "schema.json"


def add_parser(commands: Any) -> None:
    """Declare the command and its actions."""
    parser = commands.add_parser("suite", help="files of test conversations: record, convert, schema")
    actions = parser.add_subparsers(dest="action", required=True)
    recording = actions.add_parser("record", help="turn a stored conversation into a test case")
    which = recording.add_mutually_exclusive_group(required=True)
    which.add_argument("--conversation", help="the conversation's id, as the desk shows it")
    which.add_argument("--sender", help="the sender name another system used with the webhook")
    recording.add_argument("--name", help="name of the case (the conversation's first message)")
    recording.add_argument("--var", type=Path, help="folder of the databases and the secret (var/)")
    conversion = actions.add_parser("convert", help="Rasa test stories and BotiumScript to test cases")
    conversion.add_argument("sources", nargs="+", type=Path, metavar="FILE", help="files or folders")
    schema = actions.add_parser("schema", help="the JSON Schema of the files, for editors")
    check = actions.add_parser("check", help="read files of test conversations and report their faults")
    check.add_argument("sources", nargs="+", type=Path, metavar="FILE", help="files")
    for action in (recording, conversion, schema):
        action.add_argument("--out", type=Path, metavar="FILE", help="write here (standard output)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do it; the exit status is 1 when there was nothing to write or a file has faults."""
    from beian.testing.model import SuiteError

    try:
        return {"record": _record, "convert": _convert, "schema": _schema, "check": _check}[options.action](
            options
        )
    except (SuiteError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _write(options: argparse.Namespace, text: str) -> None:
    if options.out:
        options.out.write_text(text, encoding="utf-8")
        sys.stderr.write(f"{options.out}\n")
    else:
        sys.stdout.write(text)


def _schema(options: argparse.Namespace) -> int:
    _write(options, SCHEMA.read_text(encoding="utf-8"))
    return 0


def _check(options: argparse.Namespace) -> int:
    from beian.testing.files import load_suite

    for path in options.sources:
        cases = load_suite(path)
        tests = sum(case.variants for case in cases)
        sys.stdout.write(f"{path}：{len(cases)} 个用例，{tests} 个测试\n")
    return 0


def _convert(options: argparse.Namespace) -> int:
    from beian.testing.convert import convert
    from beian.testing.emit import to_yaml

    converted = convert(options.sources)
    for note in converted.notes:
        sys.stderr.write(f"{note}\n")
    if not converted.cases:
        sys.stderr.write("没有可以转换的用例\n")
        return 1
    _write(options, to_yaml(converted.cases))
    return 0


def _record(options: argparse.Namespace) -> int:
    from beian.testing.emit import to_yaml
    from beian.testing.record import record

    events = asyncio.run(_events(options))
    first = next(
        (event["text"] for event in events if event.get("event") == "user" and event.get("text")), None
    )
    if first is None:
        sys.stderr.write("没有这个会话，或者其中没有用户的话\n")
        return 1
    _write(options, to_yaml([record(options.name or first, events)]))
    return 0


async def _events(options: argparse.Namespace) -> list[dict[str, Any]]:
    """The stored events of the conversation asked for, from the store the server uses."""
    from beian.server.absent import keep_tensorflow_out
    from beian.server.logs import keep_rasa_quiet
    from beian.server.settings import from_environment
    from beian.server.tokens import Signer, load_secret

    keep_tensorflow_out()
    keep_rasa_quiet()
    from beian.server.endpoints import open_tracker_store, read_endpoints

    settings = from_environment(var=options.var)
    store = await open_tracker_store(read_endpoints(), settings.var)
    names = [options.conversation]
    if options.sender is not None:
        signer = Signer(settings.secret or load_secret(settings.var), settings.secret_old)
        names = signer.conversations_of_sender(options.sender)
    # What was stored under the name that the old secret gave came first.
    return [event for name in reversed(names) for event in store.events(name)]


def schema() -> dict[str, Any]:
    """The JSON Schema of a file of test conversations."""
    return dict(json.loads(SCHEMA.read_text(encoding="utf-8")))
