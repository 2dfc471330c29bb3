"""What a fork need not import anew: all modules but a broken one and those that use it, however far away."""

from __future__ import annotations

import ast
import importlib
import os
import sys
from collections import defaultdict
from pathlib import Path

PACKAGES = ("actions", "beian", "beian_suite")
_USED_BY_MOST = (
    "beian.dialogue.answer",
    "beian.engine.assistant",
    "beian.server.reload",
    "beian_suite.plugin",
)


class Warm:
    """The modules of the copy in `folder`, imported there; makes the process run in the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._users = _users(folder)
        os.chdir(folder)
        sys.path.insert(0, str(folder))
        forget({name for name in sys.modules if name.partition(".")[0] in (*PACKAGES, "tests")})
        for name in _USED_BY_MOST:
            importlib.import_module(name)
        importlib.import_module("beian.kb").load_knowledge()

    def forget_users_of(self, file: str) -> None:
        """Have the module of a file, and all that use it, be imported anew."""
        waiting, found = [_name(Path(file))], set()
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self._users[name]
        forget(found)


def forget(names: set[str]) -> None:
    """Have these modules be imported anew, also by who imports them from their package."""
    for name in names & sys.modules.keys():
        del sys.modules[name]
        package, _, own = name.rpartition(".")
        if package in sys.modules:
            vars(sys.modules[package]).pop(own, None)


def forget_all() -> None:
    """Have all modules of the program be imported anew."""
    forget({name for name in sys.modules if name.partition(".")[0] in PACKAGES})


def _name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _users(folder: Path) -> dict[str, set[str]]:
    """The modules that import each module, itself or anything in it."""
    found = defaultdict(set)
    for package in PACKAGES:
        for path in (folder / package).rglob("*.py"):
            user = _name(path.relative_to(folder))
            for name in _imported(ast.parse(path.read_text(encoding="utf-8"))):
                parts = name.split(".")
                for end in range(len(parts)):
                    found[".".join(parts[: end + 1])].add(user)
    return found


def _imported(tree: ast.AST) -> list[str]:
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names
