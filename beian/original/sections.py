"""Where a section of the document stands: its headings are looked for, outermost first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from beian.original.lines import CLAUSE_ENDS, DocumentLine, first_clause, folded

# Names of the knowledge base for what has no heading: before the first one, and after the last section.
OPENING, CLOSING = "引言", "结语"
# A heading may stand in a clause that says a little more: the heading has at least this share of it.
LEAST_SHARE = 0.6
_SHORTEST = 4

Path = tuple[str, ...]


@dataclass(frozen=True)
class LineSpan:
    """Lines `start` to `end` (exclusive) of the document."""

    start: int
    end: int


def sections_of(lines: list[DocumentLine], paths: Iterable[Path]) -> dict[Path, LineSpan]:
    """The sections that are found, by path. OPENING and CLOSING are what may hold them."""
    wanted = dict.fromkeys(path[: depth + 1] for path in paths for depth in range(len(path)))
    found: dict[Path, LineSpan] = {}
    _search(lines, (), LineSpan(0, len(lines)), list(wanted), found)
    starts = [span.start for span in found.values()]
    ends = [_item_end(lines, span.start, span.end) for path, span in found.items()]
    if (OPENING,) in wanted:
        found[(OPENING,)] = LineSpan(0, min(starts, default=len(lines)))
    if (CLOSING,) in wanted:
        found[(CLOSING,)] = LineSpan(max(ends, default=0), len(lines))
    return found


def paragraph(lines: list[DocumentLine], place: int) -> LineSpan:
    """The lines around one that no blank line parts from it."""
    start = end = place
    while start > 0 and not lines[start - 1].blank:
        start -= 1
    while end < len(lines) and not lines[end].blank:
        end += 1
    return LineSpan(start, end)


def heading_end(text: str, name: str) -> int:
    """How many characters of a section's first line are its heading: all of a line that says no more, none
    of one that only holds it in its words."""
    return _opened_by(text, folded(name)) if _is_inline(text, name) else len(text)


def _search(
    lines: list[DocumentLine], parent: Path, within: LineSpan, wanted: list[Path], found: dict[Path, LineSpan]
) -> None:
    children = [
        path
        for path in wanted
        if path[:-1] == parent and len(path) == len(parent) + 1 and path not in ((OPENING,), (CLOSING,))
    ]
    places = {path: place for path in children if (place := _heading(lines, path[-1], within)) is not None}
    for path, place in places.items():
        end = min([other for other in places.values() if other > place], default=within.end)
        if _is_inline(lines[place].text, path[-1]):
            end = _item_end(lines, place, end)
        found[path] = LineSpan(place, end)
        _search(lines, path, LineSpan(place + 1, end), wanted, found)


def _heading(lines: list[DocumentLine], name: str, within: LineSpan) -> int | None:
    """The line that is most like the heading; of equal ones the last: a table of contents comes first."""
    best, place = 0, None
    for number in range(within.start, within.end):
        grade = _likeness(lines[number], name)
        if grade and grade >= best:
            best, place = grade, number
    return place


def _likeness(line: DocumentLine, name: str) -> int:
    """3: the line is the heading; 2: it opens with it; 1: its first clause holds it; 0: none of these."""
    written, heading = folded(line.text), folded(name)
    if not heading or not written:
        return 0
    if heading in (written, folded(_without_aside(line.text))):
        return 3
    if written.startswith(heading) and _opened_by(line.text, heading):
        return 2
    clause = folded(first_clause(line.text))
    long_enough = len(heading) >= max(_SHORTEST, LEAST_SHARE * len(clause))
    return 1 if long_enough and _holds_in_order(clause, heading) else 0


def _opened_by(text: str, heading: str) -> int:
    """How many characters at the start of the text are the heading, 0 when a word goes on after them."""
    for end in range(1, len(text)):
        if folded(text[:end]) == heading:
            return 0 if text[end].isalnum() else end
    return 0


def _without_aside(text: str) -> str:
    """Without what stands in brackets at the end."""
    bare = text.rstrip(CLAUSE_ENDS)
    for opening, closing in ("()", "（）"):
        if bare.endswith(closing) and bare.rfind(opening) > 0:
            return bare[: bare.rfind(opening)]
    return bare


def _holds_in_order(text: str, characters: str) -> bool:
    rest = iter(text)
    return all(character in rest for character in characters)


def _is_inline(text: str, name: str) -> bool:
    """Whether the line goes on after the heading, as the entry of a list does."""
    bare = _without_aside(text)
    return len(folded(bare)) > len(folded(name)) and any(mark in bare for mark in CLAUSE_ENDS)


def _item_end(lines: list[DocumentLine], start: int, end: int) -> int:
    """Where the entry of a list that opens at `start` ends: at a blank line or at the next entry."""
    for place in range(start + 1, end):
        line = lines[place]
        if line.blank or (line.item and line.indent <= lines[start].indent):
            return place
    return end
