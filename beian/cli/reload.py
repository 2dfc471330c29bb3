"""`python -m beian reload`: have the running servers take up what was changed in kb/."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from beian.cli.faults import telling_faults

_MOST_SECONDS = 120.0


def add_parser(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("reload", help="have the running server take up what was changed in kb/")
    parser.add_argument("--var", type=Path, help="the server's data folder (var/)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Reload; 0 when every server of the data folder answers from kb/ as it is now."""
    from beian.server.control import tell_servers
    from beian.settings import from_environment

    with telling_faults():
        var = from_environment(var=options.var).var
    try:
        outcomes = tell_servers(var, "reload", _MOST_SECONDS)
    except OSError as error:
        print(f"服务没有回答：{error}", file=sys.stderr)
        return 1
    if not outcomes:
        print(f"没有在用 {var} 的服务；下次启动就是新的内容", file=sys.stderr)
        return 1
    return max(map(_say, outcomes))


def _say(outcome: dict[str, Any]) -> int:
    """Tell what came of it at one server; 1 where it was refused."""
    if outcome["result"] == "refused":
        print(
            f"没有生效，仍按原来的内容（{outcome['version']}）回答：",
            *outcome["faults"],
            sep="\n  ",
            file=sys.stderr,
        )
        return 1
    if outcome["result"] == "unchanged":
        print(f"没有改动（{outcome['version']}）")
    else:
        print(f"已生效（{outcome['version']}），用了 {outcome['seconds']} 秒")
    if outcome["remarks"]:
        print(outcome["remarks"])
    return 0
