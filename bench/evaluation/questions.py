"""The project's own labelled questions, which no training message repeats."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from beian.nlu.labels import Kind, kind_of

FILE = Path(__file__).resolve().parents[2] / "tests" / "questions" / "own.jsonl"
STYLES = ("formal", "colloquial", "keyword", "short", "long", "typo")


@dataclass(frozen=True)
class Question:
    """A message; for each question in it, in order, the labels that are right for it."""

    text: str
    wanted: tuple[frozenset[str], ...]
    style: str
    written: str

    @property
    def single(self) -> bool:
        """Whether the message asks one thing."""
        return len(self.wanted) == 1

    @property
    def kind(self) -> Kind:
        """The kind of the first label noted for the first question."""
        return kind_of(self.written.partition("+")[0].partition("|")[0])

    def accepts(self, label: str | None) -> bool:
        """Whether a label is right for the first (or only) question; foreign subjects are not told apart."""
        if label is None:
            return False
        foreign = kind_of(label) == "out_of_scope" and self.accepts_kind("out_of_scope")
        return foreign or label in self.wanted[0]

    def accepts_kind(self, kind: str) -> bool:
        """Whether a kind is that of a right label."""
        return kind in {kind_of(label) for label in self.wanted[0]}


def read_questions(file: Path = FILE) -> list[Question]:
    """Every question of a file; in its labels | stands between alternatives, + between questions."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Question(
            row["text"],
            tuple(frozenset(part.split("|")) for part in row["label"].split("+")),
            row["style"],
            row["label"],
        )
        for row in rows
    ]


def singles(questions: Iterable[Question]) -> list[Question]:
    """Those that ask one thing."""
    return [question for question in questions if question.single]


def several(questions: Iterable[Question]) -> list[Question]:
    """Those that ask two or three things in one message."""
    return [question for question in questions if not question.single]
