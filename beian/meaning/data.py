"""Read data/contextual: conversations as indented trees, each line a message and what it means there.

A line is `message => meaning | other acceptable meaning /manner`, a meaning one target or several joined by
` + `. Two more blanks of indentation: said after the line above it that is less indented. See
docs/contextual.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from beian.project import ROOT

FOLDER = ROOT / "data" / "contextual"
MANNERS = (
    "ask",
    "item",
    "meaning",
    "why",
    "what_if",
    "doubt",
    "source",
    "detail",
    "brief",
    "again",
    "entry",
    "tell",
    "correct",
    "answer",
    "compare",
    "sum_up",
)
_ARROW = " => "
_INDENT = 2


@dataclass(frozen=True)
class Line:
    """One message of a tree. `accept` holds the acceptable meanings, best first, each a tuple of targets;
    `parent` is the place of the line before it in the same list, None for an opening one."""

    family: str
    number: int
    parent: int | None
    user: str
    accept: tuple[tuple[str, ...], ...]
    manner: str


class ContextualDataError(ValueError):
    """The files cannot be used; `problems` has one readable line for each fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_lines(folder: Path = FOLDER, targets: frozenset[str] | None = None) -> list[Line]:
    """The lines of every *.txt, parents before their children.

    Raises ContextualDataError listing every line that cannot be read, or names none of `targets`.
    """
    lines: list[Line] = []
    problems: list[str] = []
    for file in sorted(folder.glob("*.txt")):
        for line in _read(file, len(lines), problems):
            problems += _unknown(file, line, targets)
            lines.append(line)
    if problems:
        raise ContextualDataError(problems)
    return lines


def _read(file: Path, begun: int, problems: list[str]) -> Iterator[Line]:
    above: list[int] = []
    place = begun
    for number, written in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        text = written.strip()
        if not text or text.startswith("#"):
            continue
        where = f"[{file.name} › 第 {number} 行]"
        depth, odd = divmod(len(written) - len(written.lstrip(" ")), _INDENT)
        user, arrow, meant = text.rpartition(_ARROW)
        if not arrow or not user.strip():
            problems.append(f"{where} 应写作“话 => 含义 /方式”，请改正")
            continue
        if odd or depth > len(above):
            problems.append(f"{where} 缩进应为每层 {_INDENT} 个空格，且只比上一句多一层，请改正")
            continue
        meanings, slash, manner = meant.partition(" /")
        manner = manner.strip() if slash else MANNERS[0]
        if manner not in MANNERS:
            problems.append(f"{where} 没有 {manner} 这种方式，请改为：{'、'.join(MANNERS)}")
            continue
        accept = tuple(
            tuple(target.strip() for target in option.split(" + ")) for option in meanings.split(" | ")
        )
        above = above[:depth]
        yield Line(file.stem, number, above[-1] if above else None, user.strip(), accept, manner)
        above.append(place)
        place += 1


def _unknown(file: Path, line: Line, targets: frozenset[str] | None) -> list[str]:
    if targets is None:
        return []
    return [
        f"[{file.name} › 第 {line.number} 行] 没有 {target} 这个含义，请改正"
        for option in line.accept
        for target in option
        if target not in targets
    ]
