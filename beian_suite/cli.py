"""`beian-suite`: check files of test conversations, convert other tools' tests, print the schema."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).parent / "schema.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the process' exit status."""
    parser = argparse.ArgumentParser(prog="beian-suite", description="对话测试文件的工具；运行测试用 pytest")
    add_actions(parser.add_subparsers(dest="action", required=True))
    return run(parser.parse_args(arguments))


def add_actions(actions: Any) -> None:
    """Declare what is done with files alone."""
    check = actions.add_parser("check", help="read files of test conversations and report their faults")
    check.add_argument("sources", nargs="+", type=Path, metavar="FILE", help="files or folders")
    check.add_argument("--rasa-pro", action="store_true", help="accept what only Rasa Pro can check")
    convert = actions.add_parser("convert", help="Rasa test stories and BotiumScript to test cases")
    convert.add_argument("sources", nargs="+", type=Path, metavar="FILE", help="files or folders")
    schema = actions.add_parser("schema", help="the JSON Schema of the files, for editors")
    for action in (convert, schema):
        action.add_argument("--out", type=Path, metavar="FILE", help="write here (standard output)")


def run(options: argparse.Namespace) -> int:
    """Do it; the exit status is 1 when there was nothing to write or a file has faults."""
    from beian_suite.model import SuiteError

    try:
        return {"convert": _convert, "schema": _schema, "check": _check}[options.action](options)
    except (SuiteError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def write(options: argparse.Namespace, text: str) -> None:
    """Write a result where it was asked for."""
    if options.out:
        options.out.write_text(text, encoding="utf-8")
        sys.stderr.write(f"{options.out}\n")
    else:
        sys.stdout.write(text)


def schema() -> dict[str, Any]:
    """The JSON Schema of a file of test conversations."""
    return dict(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _schema(options: argparse.Namespace) -> int:
    write(options, SCHEMA.read_text(encoding="utf-8"))
    return 0


def _check(options: argparse.Namespace) -> int:
    """Every file is read, whatever is wrong with those before it."""
    from beian_suite.files import load_suite
    from beian_suite.model import SuiteError

    files = [file for source in options.sources for file in _files(source)]
    faulty = not files
    if not files:
        sys.stderr.write("没有找到含 test_cases 的 .yml 或 .yaml 文件\n")
    for path in files:
        try:
            cases = load_suite(path, rasa_pro=options.rasa_pro)
        except SuiteError as error:
            sys.stderr.write(f"{error}\n")
            faulty = True
            continue
        tests = sum(case.variants for case in cases)
        sys.stdout.write(f"{path}：{len(cases)} 个用例，{tests} 个测试\n")
    return int(faulty)


def _files(source: Path) -> Iterator[Path]:
    """The file itself; of a folder those that may hold cases."""
    from beian_suite.texts import may_hold_cases

    if not source.is_dir():
        yield source
        return
    for path in sorted(source.rglob("*")):
        if path.suffix in (".yml", ".yaml") and path.is_file() and may_hold_cases(path):
            yield path


def _convert(options: argparse.Namespace) -> int:
    from beian_suite.convert import convert
    from beian_suite.emit import to_yaml

    converted = convert(options.sources)
    for note in converted.notes:
        sys.stderr.write(f"{note}\n")
    if not converted.cases:
        sys.stderr.write("没有可以转换的用例\n")
        return 1
    write(options, to_yaml(converted.cases))
    return 0
