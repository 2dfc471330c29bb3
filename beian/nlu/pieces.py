"""A message in pieces: its clauses, the stretches that ask something, and which of them are encoded."""

from __future__ import annotations

from collections.abc import Sequence

from beian.text.clauses import denies, looks_like_question, notice_lines, question_segments, split_clauses

# Of a message with more parts than anyone writes, the first are looked at.
MOST_PARTS = 10
# A statement beside another one and a question.
FEWEST_TELLING = 3


def encoded_pieces(texts: Sequence[str]) -> list[str]:
    """The normalised messages and those of their parts that are encoded: what is asked or told. The other
    clauses are read by their words alone, which costs a tenth."""
    return encoded_of([(text, *cut_up(text)) for text in texts])


def encoded_of(cut: Sequence[tuple[str, list[str], list[str]]]) -> list[str]:
    """The same of messages that are cut up: (text, clauses, segments) each."""
    return list(
        dict.fromkeys(
            piece for text, clauses, segments in cut for piece in (text, *segments, *_telling(clauses))
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


def _telling(clauses: Sequence[str]) -> list[str]:
    """The clauses that tell something, where there are so many that several things may be told."""
    if len(clauses) < FEWEST_TELLING:
        return []
    return [clause for clause in clauses if not (looks_like_question(clause) or denies(clause))]


def _segments(text: str) -> list[str]:
    """The stretches that ask something, where there are several."""
    segments = question_segments(text)
    return segments[:MOST_PARTS] if len(segments) > 1 else []
