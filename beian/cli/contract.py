"""`python -m beian contract`: write what is generated from beian/contract/."""

from __future__ import annotations

import argparse
import sys

from beian.contract.generate.files import stale, write
from beian.project import ROOT


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("contract", help="write the descriptions generated from beian/contract/")
    parser.add_argument("--check", action="store_true", help="only name those that are stale")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write, or check; 1 when something is stale."""
    if options.check:
        names = [str(path.relative_to(ROOT)) for path in stale(ROOT)]
        if names:
            sys.stderr.write(f"与 beian/contract/ 不一致，请运行 make contract：{'、'.join(names)}\n")
        return 1 if names else 0
    for path in write(ROOT):
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    return 0
