"""A message in pieces: its clauses, the stretches that ask something, and which of them are encoded."""

from __future__ import annotations

from collections.abc import Sequence

from beian.text.clauses import denies, looks_like_question, notice_lines, question_segments, split_clauses

# Of a message with more parts than anyone writes, the first are looked at.
MOST_PARTS = 10
# A statement beside another one and a question.
FEWEST_TELLING = 3
# A long telling, from so many clauses on, is looked at from its end as well: its question with as much as
# MOST_CLOSING - 1 clauses before it.
LONG_TELLING = 4
MOST_CLOSING = 4
LONGEST_KEYWORD = 12
_LISTED_WITH = "/"


def encoded_pieces(texts: Sequence[str]) -> list[str]:
    """The normalised messages and those of their parts that are encoded: what is asked or told. The other
    clauses are read by their words alone, which costs a tenth."""
    return encoded_of([(text, *cut_up(text)) for text in texts])


def encoded_of(cut: Sequence[tuple[str, list[str], list[str]]]) -> list[str]:
    """The same of messages that are cut up: (text, clauses, segments) each."""
    return list(
        dict.fromkeys(
            piece
            for text, clauses, segments in cut
            for piece in (text, *segments, *closings_of(clauses), *_telling(clauses))
        )
    )


def cut_up(text: str) -> tuple[list[str], list[str]]:
    """(the clauses, the stretches that ask something): none where there is only one."""
    clauses = split_clauses(text)
    if len(clauses) < 2:
        return [], []
    lines, numbered = notice_lines(text)
    segments = lines if numbered else _segments(text)
    return list(dict.fromkeys(clauses)), segments


def closings_of(clauses: Sequence[str]) -> list[str]:
    """The ends of a long telling, shortest first: its last question by itself, and with what stands before.
    None of a short message."""
    if len(clauses) < LONG_TELLING:
        return []
    asking = [place for place, clause in enumerate(clauses) if looks_like_question(clause)]
    last = asking[-1] if asking else len(clauses) - 1
    return [",".join(clauses[start:]) for start in range(last, max(0, last - MOST_CLOSING), -1)]


def _telling(clauses: Sequence[str]) -> list[str]:
    """The clauses that tell something, where there are so many that several things may be told."""
    if len(clauses) < FEWEST_TELLING:
        return []
    return [clause for clause in clauses if not (looks_like_question(clause) or denies(clause))]


def _segments(text: str) -> list[str]:
    """The stretches that ask something, where there are several."""
    segments = question_segments(text)
    if len(segments) < 2:
        segments = _keywords(text)
    return segments[:MOST_PARTS] if len(segments) > 1 else []


def _keywords(text: str) -> list[str]:
    """The entries of a message that is nothing but a list of what is wanted: 过审后操作 / 客服联系方式."""
    entries = split_clauses(text)
    listed = _LISTED_WITH in text and all(len(entry) <= LONGEST_KEYWORD for entry in entries)
    return entries if listed and not any(map(denies, entries)) else []
