"""Each fact with its section of the document: what to show of it, and which words the fact rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from beian.answers.render import fact_text
from beian.contract.customer import OriginalPiece
from beian.kb import Fact, KnowledgeBase
from beian.kb.facts import SECTION_SEPARATOR
from beian.original.compare import numbers_of
from beian.original.lines import DocumentLine, lines_of
from beian.original.passage import Mark, Terms, passage
from beian.original.sections import CLOSING, OPENING, LineSpan, heading_end, paragraph, sections_of


@dataclass(frozen=True)
class Piece:
    """Words of the document; `marked`: a fact rests on them."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Original:
    """A section as the document has it, line by line."""

    lines: tuple[tuple[Piece, ...], ...]

    @property
    def marked(self) -> str:
        """The words that are marked, a line for each line that has some."""
        lines = ("".join(piece.text for piece in line if piece.marked) for line in self.lines)
        return "\n".join(filter(None, lines))

    def as_lines(self) -> list[list[OriginalPiece]]:
        """Plain data for JSON: the pieces of each line."""
        return [[{"text": piece.text, "marked": piece.marked} for piece in line] for line in self.lines]


@dataclass(frozen=True)
class Originals:
    """The originals that were found, by fact, and what is wrong, one Chinese sentence each."""

    by_fact: Mapping[str, Original] = field(default_factory=dict)
    faults: tuple[str, ...] = ()

    def lines_of(self, fact: str) -> list[list[OriginalPiece]] | None:
        """The original of a fact as plain data; None where there is none."""
        found = self.by_fact.get(fact)
        return found.as_lines() if found else None


def originals_of(text: str, kb: KnowledgeBase) -> Originals:
    """The originals of the document's facts in a text."""
    lines = lines_of(text)
    facts = [fact for fact in kb.facts.values() if fact.layer == "procedure"]
    sections = sections_of(lines, [fact.section for fact in facts])
    terms = Terms(line.text for line in lines)
    found: dict[str, Original] = {}
    faults: dict[str, None] = {}
    closing = _closing(lines, facts, sections, terms)
    for fact in facts:
        span = sections.get(fact.section)
        if span is None:
            faults[_missing(fact, sections)] = None
            continue
        span, marks = _rests_on(lines, fact, _before(span, closing, fact), terms)
        if not marks:
            faults[f"章节“{fact.section_path}”里没有找到事实 {fact.id} 依据的那一段，请核对两处的说法"] = None
            continue
        found[fact.id] = _original(lines, span, marks)
        lost = numbers_of(fact_text(fact)) - numbers_of("\n".join(line.text for line in _of(lines, span)))
        counted = {str(len(fact.items))} if fact.lists or fact.items else set()
        for number in sorted(lost - counted):
            faults[f"事实 {fact.id} 说的“{number}”，章节“{fact.section_path}”里没有，请核对两处的说法"] = None
    return Originals(found, tuple(faults))


def said_by(fact: Fact) -> str:
    """All that a fact says, with its reason and its consequence."""
    return "\n".join(filter(None, [fact_text(fact), fact.why, fact.consequence]))


def _missing(fact: Fact, sections: Mapping[tuple[str, ...], LineSpan]) -> str:
    """The outermost heading of a fact that is not there."""
    depth = next(depth for depth in range(1, len(fact.section) + 1) if fact.section[:depth] not in sections)
    path = SECTION_SEPARATOR.join(fact.section[:depth])
    return f"没有找到章节“{path}”，请核对文档里的标题"


def _closing(
    lines: list[DocumentLine], facts: list[Fact], sections: Mapping[tuple[str, ...], LineSpan], terms: Terms
) -> int | None:
    """Where the paragraph begins that ends the document, which has no heading."""
    for fact in facts:
        if fact.section == (CLOSING,) and (CLOSING,) in sections:
            span, marks = _rests_on(lines, fact, sections[(CLOSING,)], terms)
            return span.start if marks else None
    return None


def _before(span: LineSpan, closing: int | None, fact: Fact) -> LineSpan:
    """A section without what ends the document."""
    if closing is None or fact.section == (CLOSING,) or not span.start < closing < span.end:
        return span
    return LineSpan(span.start, closing)


def _rests_on(
    lines: list[DocumentLine], fact: Fact, span: LineSpan, terms: Terms
) -> tuple[LineSpan, list[Mark]]:
    """What to show and the marks in it, by line of the document. Of what has no heading one paragraph."""
    said = said_by(fact)
    marks = _marks(lines, span, fact, terms)
    if marks and fact.section in ((OPENING,), (CLOSING,)):
        most = max(
            marks, key=lambda mark: terms.weight_of(lines[mark.line].text[mark.start : mark.end], said)
        )
        span = paragraph(lines, most.line)
        marks = _marks(lines, span, fact, terms)
    return span, marks


def _marks(lines: list[DocumentLine], span: LineSpan, fact: Fact, terms: Terms) -> list[Mark]:
    """The heading over a section is none of what a fact rests on."""
    texts = [line.text for line in _of(lines, span)]
    if not texts:
        return []
    over = 0 if fact.section in ((OPENING,), (CLOSING,)) else heading_end(texts[0], fact.section[-1])
    texts[0] = texts[0][over:]
    marks = passage(texts, said_by(fact), terms, bool(fact.lists))
    moved = [over if mark.line == 0 else 0 for mark in marks]
    return [
        Mark(span.start + mark.line, mark.start + by, mark.end + by)
        for mark, by in zip(marks, moved, strict=True)
    ]


def _of(lines: list[DocumentLine], span: LineSpan) -> list[DocumentLine]:
    return lines[span.start : span.end]


def _original(lines: list[DocumentLine], span: LineSpan, marks: list[Mark]) -> Original:
    """The section's lines with their indentation among each other; of blank lines only one in a row."""
    shown: list[tuple[Piece, ...]] = []
    least = min((line.indent for line in _of(lines, span) if not line.blank), default=0)
    for number in range(span.start, span.end):
        line = lines[number]
        if line.blank:
            if shown and shown[-1]:
                shown.append(())
            continue
        before = [Piece(" " * (line.indent - least), False)] if line.indent > least else []
        shown.append((*before, *_pieces(line.text, [mark for mark in marks if mark.line == number])))
    while shown and not shown[-1]:
        shown.pop()
    return Original(tuple(shown))


def _pieces(text: str, marks: list[Mark]) -> list[Piece]:
    pieces, at = [], 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        pieces += [Piece(text[at : mark.start], False), Piece(text[mark.start : mark.end], True)]
        at = mark.end
    joined: list[Piece] = []
    for piece in [*pieces, Piece(text[at:], False)]:
        if joined and piece.text and joined[-1].marked == piece.marked:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.marked)
        elif piece.text:
            joined.append(piece)
    return joined
