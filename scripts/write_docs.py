"""Write the parts of the documents that are read off the code: floors, tables of modules, places of names.

    python scripts/write_docs.py            write what has changed
    python scripts/write_docs.py --check    only name the documents that are out of date (exit status 1)

A generated part stands between `<!-- KIND: ARGUMENTS -->` and `<!-- end of KIND -->`. The kinds:

    floors      the parts of beian/ on their floors: a picture of their imports and a table
    modules     a table of the modules of the packages named, from the first sentences of their docstrings
    names       where in the code each name stands that the document writes: `Class.method`, `function()`

A measured figure stands in a line between `<!-- figure: NAME -->` and `<!-- end -->`; FIGURES says in which
table of which report it was found.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "beian"
"""What the floors are drawn of; the others stand on it."""
_PART = re.compile(r"(<!-- (floors|modules|names)(?:: ([^>]*?))? -->\n).*?(<!-- end of \2 -->)", re.DOTALL)
_FIGURE = re.compile(r"(<!-- figure: (\w+) -->).*?(<!-- end -->)")
_NAME = re.compile(r"`([A-Za-z_]\w*(?:\.[a-z_]\w*)?)(?:\(\))?`")
_WHOLE = re.compile(r"\A(?:[A-Z]\w*[a-z]\w*(?:\.[a-z_]\w*)?|[a-z_]\w*\(\))\Z")


# --- the code ---------------------------------------------------------------------------------------


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def code(*folders: str) -> list[Path]:
    """The Python files of the folders, in order."""
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def first_sentence(file: Path) -> str:
    """The first sentence of a module's docstring, on one line; "" without one."""
    text = " ".join((ast.get_docstring(_tree(file)) or "").partition("\n\n")[0].split())
    return text.replace("|", "\\|")


def imported(file: Path) -> Iterator[str]:
    """The modules a file imports while it runs, not those it imports for its types alone."""
    for node in _running(_tree(file)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _running(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        yield child
        yield from _running(child)


# --- floors -----------------------------------------------------------------------------------------


def part_of(module: str) -> str | None:
    """The part of the package that a module belongs to: "beian.kb.load" to "kb"; None for another's."""
    head, _, rest = module.partition(".")
    return rest.partition(".")[0] if head == PACKAGE and rest else None


def arrows() -> dict[str, set[str]]:
    """Each part of the package, and the parts it imports."""
    found: dict[str, set[str]] = {}
    for file in code(PACKAGE):
        own = file.relative_to(ROOT / PACKAGE).parts[0].removesuffix(".py")
        if own.startswith("__"):
            continue
        reached = found.setdefault(own, set())
        reached |= {part for name in imported(file) if (part := part_of(name)) and part != own}
    return {part: {to for to in reached if to in found} for part, reached in found.items()}


def reach(graph: dict[str, set[str]], start: str) -> set[str]:
    """What can be got to from a part along arrows."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for part in graph[waiting.pop()] - seen:
            seen.add(part)
            waiting.append(part)
    return seen


def floors(graph: dict[str, set[str]]) -> list[list[str]]:
    """The parts from the ground up: each above all that it imports; those in a circle are on one floor."""
    below = {part: reach(graph, part) for part in graph}
    under = {part: {to for to in below[part] if part not in below[to]} for part in graph}
    height: dict[str, int] = {}
    for part in sorted(graph, key=lambda part: len(under[part])):
        height[part] = max((height[to] + 1 for to in under[part]), default=0)
    # A circle's parts reach the same things below, so that they come out level.
    return [sorted(p for p in graph if height[p] == level) for level in range(max(height.values()) + 1)]


def _needed(graph: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    """The arrows that no way over other parts stands for: what a reader has to see."""
    below = {part: reach(graph, part) for part in graph}
    for part, reached in sorted(graph.items()):
        for to in sorted(reached):
            if not any(to in below[over] for over in reached - {to} if part not in below[over]):
                yield part, to


def _file_of(part: str) -> Path:
    package = ROOT / PACKAGE / part / "__init__.py"
    return package if package.is_file() else ROOT / PACKAGE / f"{part}.py"


def floors_written(_arguments: str, _page: str) -> str:
    """The picture, and below it what each part is for."""
    graph = arrows()
    levels = floors(graph)
    lines = ["```mermaid", "flowchart TB"]
    for number in range(len(levels) - 1, -1, -1):
        lines += [f'  subgraph floor{number}["{number}"]', "    direction LR"]
        lines += [f"    {part}[{part}]" for part in levels[number]]
        lines.append("  end")
    lines += [f"  {part} --> {to}" for part, to in _needed(graph)]
    lines += ["```", "", "| 层 | 部分 | 做什么 |", "| ---: | --- | --- |"]
    for number in range(len(levels) - 1, -1, -1):
        for part in levels[number]:
            file = _file_of(part)
            place = file.parent if file.name == "__init__.py" else file
            lines.append(f"| {number} | {_link(place)} | {first_sentence(file)} |")
    return "\n".join(lines)


# --- modules and names ------------------------------------------------------------------------------


def _link(place: Path) -> str:
    name = place.relative_to(ROOT).as_posix()
    return f"[`{name}`](../{name})"


def modules_written(arguments: str, _page: str) -> str:
    """A table for the packages named; what is in folders below belongs to them."""
    lines = ["| 模块 | 做什么 |", "| --- | --- |"]
    for folder in arguments.split():
        for file in code(folder):
            if _tree(file).body:
                shown = file.parent if file.name == "__init__.py" else file
                lines.append(f"| {_link(shown)} | {first_sentence(file)} |")
    return "\n".join(lines)


def names_in(page: str) -> list[str]:
    """The names of code in a document, outside of its generated parts: classes, their methods, functions."""
    text = _PART.sub("", page)
    found = [match[0].strip("`") for match in _NAME.finditer(text)]
    return list(dict.fromkeys(name for name in found if _WHOLE.match(name)))


Places = dict[str, list[Path]]
"""The files in which something of that name is defined."""


@cache
def definitions() -> Places:
    """Every class, "Class.method" and "function()" of the program; a method also as one of the heirs."""
    found: Places = {}
    bases: dict[str, list[str]] = {}
    for file in code(PACKAGE, "actions", "beian_suite"):
        for node in _tree(file).body:
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(file)
                bases.setdefault(node.name, []).extend(
                    base.id for base in node.bases if isinstance(base, ast.Name)
                )
                for inner in node.body:
                    if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                        found.setdefault(f"{node.name}.{inner.name}", []).append(file)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.setdefault(f"{node.name}()", []).append(file)
    for name in bases:
        _inherit(name, bases, found)
    return found


def _inherit(name: str, bases: dict[str, list[str]], found: Places) -> None:
    for base in bases[name]:
        if base in bases:
            _inherit(base, bases, found)
        for method, files in [entry for entry in found.items() if entry[0].startswith(f"{base}.")]:
            found.setdefault(f"{name}.{method.partition('.')[2]}", files)


def names_written(_arguments: str, page: str) -> str:
    """A table of the document's names. Raises KeyError for one that the code has not."""
    lines = ["| 名字 | 在哪里 |", "| --- | --- |"]
    for name in names_in(page):
        places = " · ".join(dict.fromkeys(map(_link, definitions()[name])))
        lines.append(f"| `{name}` | {places} |")
    return "\n".join(lines)


# --- figures ----------------------------------------------------------------------------------------

EVALUATION, SERVER = "docs/evaluation.md", "bench/results.md"


def table_cell(report: str, section: str, row: str, column: int | str) -> str:
    """A cell of the first table of a section with that row. Raises KeyError when there is none.

    `row` is how the row's first cell begins, `column` a title of the table or a place in it.
    """
    text = (ROOT / report).read_text(encoding="utf-8")
    body = re.split(r"^#{1,3} ", text.partition(f"# {section}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    titles: list[str] = []
    for line in body.splitlines():
        cells = [cell.strip(" *") for cell in line.strip("|").split("|")] if line.startswith("|") else []
        titles = cells if cells and not titles else titles if cells else []
        if cells and cells[0].startswith(row):
            place = column if isinstance(column, int) else titles.index(column)
            return cells[place]
    raise KeyError(f"{report}: no row {row} under {section}")


def _milliseconds() -> str:
    section, rows = "与标准 Rasa 的对比", ("一个客户，中位数", "一个客户，p95")
    return " · ".join(f"{table_cell(SERVER, section, row, 1)} 毫秒" for row in rows)


def _memory() -> str:
    section, rows = "与标准 Rasa 的对比", ("空闲内存", "测完后内存")
    return " · ".join(f"{table_cell(SERVER, section, row, 1)} MB" for row in rows)


def _wrongly_answered(place: int) -> str:
    column = "误答：文档没有 / 无关"
    return table_cell(EVALUATION, "各系统对照", "本系统", column).split(" / ")[place]


def _questions() -> str:
    found = re.search(
        r"`tests/questions/own\.jsonl`，(\d+) 条", (ROOT / EVALUATION).read_text(encoding="utf-8")
    )
    if found is None:
        raise KeyError(f"{EVALUATION}: no number of questions")
    return found[1]


FIGURES: dict[str, Callable[[], str]] = {
    "questions": _questions,
    "facts": lambda: table_cell(EVALUATION, "各系统对照", "本系统", "选对事实"),
    "several": lambda: table_cell(EVALUATION, "一条消息里有几个问题", "本系统", "都答了"),
    "uncovered": lambda: _wrongly_answered(0),
    "foreign": lambda: _wrongly_answered(1),
    "far": lambda: table_cell(EVALUATION, "与训练语料的距离", "0.0–0.3", "选对事实"),
    "memory": _memory,
    "start": lambda: f"{table_cell(SERVER, '与标准 Rasa 的对比', '启动到第一个回答', 1)} 秒",
    "turn": _milliseconds,
}


# --- badges -----------------------------------------------------------------------------------------

BADGES = ROOT / "docs" / "images" / "badges"
_BADGE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{left}: {right}">
<title>{left}: {right}</title>
<clipPath id="r"><rect width="{width}" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)"><rect width="{split}" height="20" fill="#444d56"/>\
<rect x="{split}" width="{rest}" height="20" fill="{colour}"/></g>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,Noto Sans CJK SC,sans-serif" \
font-size="11">
<text x="{left_middle}" y="14">{left}</text><text x="{right_middle}" y="14">{right}</text></g>
</svg>
"""


def badges() -> dict[Path, str]:
    """The README's badges, from what pyproject.toml says."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    def said(pattern: str) -> str:
        found = re.search(pattern, project, re.MULTILINE)
        if found is None:
            raise KeyError(f"pyproject.toml: {pattern}")
        return found[1]

    shown = {
        "version": ("版本", said(r'^version = "([^"]+)"'), "#0b57c7"),
        "python": ("Python", said(r'^requires-python = ">=([\d.]+)'), "#0b57c7"),
        "rasa": ("Rasa", said(r'"rasa==([\d.]+)"'), "#0b57c7"),
        "licence": ("许可", said(r'^license = \{ text = "([^"]+)"'), "#2c7a3f"),
        "offline": ("服务", "不联网", "#2c7a3f"),
    }
    return {BADGES / f"{name}.svg": _badge(*parts) for name, parts in shown.items()}


def _badge(left: str, right: str, colour: str) -> str:
    split, rest = _width(left) + 12, _width(right) + 12
    return _BADGE.format(
        left=left, right=right, colour=colour, split=split, rest=rest, width=split + rest,
        left_middle=split / 2, right_middle=split + rest / 2,
    )  # fmt: skip


def _width(text: str) -> int:
    """About how wide a text of 11 px is."""
    return round(sum(11 if ord(char) > 0x2E80 else 6.6 for char in text))


# --- documents --------------------------------------------------------------------------------------

KINDS: dict[str, Callable[[str, str], str]] = {
    "floors": floors_written,
    "modules": modules_written,
    "names": names_written,
}


def renewed(page: str) -> str:
    """A document with its generated parts written anew.

    Raises KeyError for a name that the code has not, or a figure that no report has.
    """
    page = _FIGURE.sub(lambda m: f"{m[1]}{FIGURES[m[2]]()}{m[3]}", page)
    return _PART.sub(lambda m: f"{m[1]}\n{KINDS[m[2]](m[3] or '', page)}\n\n{m[4]}", page)


def stale(documents: Iterable[Path]) -> dict[Path, str]:
    """The documents and badges that are out of date, and what they should be."""
    pages = {file: file.read_text(encoding="utf-8") for file in documents}
    changed = {file: new for file, page in pages.items() if (new := renewed(page)) != page}
    drawn = {
        file: new for file, new in badges().items() if not file.is_file() or file.read_text("utf-8") != new
    }
    return changed | drawn


def main(arguments: list[str] | None = None) -> int:
    """Write, or with --check only look; the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing; 1 when something is out of date")
    options = parser.parse_args(arguments)
    found = stale([ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))])
    for file, page in found.items():
        sys.stderr.write(f"{file.relative_to(ROOT)}\n")
        if not options.check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page, encoding="utf-8")
    return 1 if found and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
