"""The assistant's replies, judged from outside: the bank of conversations, and three sets of questions."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from beian.engine.assistant import Assistant
from beian.kb import KnowledgeBase
from beian.progress import report
from bench.evaluation import bank
from bench.evaluation.judge import Said, judge_fact, judge_foreign, judge_open, parts_answered

QUESTIONS = Path(__file__).resolve().parents[2] / "tests" / "questions"


class Asker:
    """The whole assistant inside this process; use it as a context manager."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._numbers = itertools.count(1)
        self._assistant = self._loop.run_until_complete(Assistant.load())
        self.kb: KnowledgeBase = self._assistant.kb

    def ask(self, text: str, sender: str | None = None) -> dict[str, Any]:
        """The message that answers a text; of a conversation of its own without a sender."""
        sender = sender or f"evaluation-{next(self._numbers)}"
        return self._loop.run_until_complete(self._assistant.reply(sender, text))[0]

    def said(self, text: str) -> Said:
        """The reply to a first message."""
        return Said.of(self.ask(text), self.kb)

    def __enter__(self) -> Asker:
        return self

    def __exit__(self, *_: object) -> None:
        self._assistant.close()
        self._loop.close()


def read(name: str) -> list[dict[str, Any]]:
    """The rows of a set of questions."""
    lines = (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def measure() -> dict[str, Any]:
    """All of it."""
    with Asker() as asker:
        report("the bank of conversations")
        parts = {
            part: [bank.hold(conversation, asker.ask) for conversation in bank.read_bank(part)]
            for part in bank.PARTS
        }
        report("look-alikes, details, several questions")
        return {
            "bank": {
                part: {"all": asdict(bank.tally(outcomes)), "phenomena": _phenomena(outcomes)}
                for part, outcomes in parts.items()
            },
            "lookalikes": _verdicts(judge_foreign(asker.said(row["text"])) for row in read("lookalikes")),
            "details": _verdicts(judge_detail(row, asker.said(row["text"])) for row in read("details")),
            "several": several(
                [
                    parts_answered(row["facts"], row["open"], asker.said(row["text"]), asker.kb)
                    for row in read("several")
                ]
            ),
        }


def _phenomena(outcomes: Sequence[bank.Outcome]) -> dict[str, Any]:
    return {phenomenon: asdict(found) for phenomenon, found in bank.by_phenomenon(outcomes).items()}


def judge_detail(row: dict[str, Any], said: Said) -> str:
    """The verdict on a question about one thing in an answer, which facts or an open theme deal with."""
    return judge_open(row["theme"], said) if "theme" in row else judge_fact(row["facts"], said)


def _verdicts(verdicts: Iterable[str]) -> dict[str, float]:
    counts = Counter(verdicts)
    total = sum(counts.values())
    return {"n": total, **{name: counts[name] / total for name in ("right", "near", "wrong")}}


def several(parts: Sequence[Sequence[bool]]) -> dict[str, Any]:
    """Of messages with several questions, each dealt with or not: shares altogether and by their number."""
    by_count = {}
    for count in sorted({len(found) for found in parts}):
        some = [all(found) for found in parts if len(found) == count]
        by_count[str(count)] = {"n": len(some), "all": sum(some) / len(some)}
    return {
        "n": len(parts),
        "all": sum(map(all, parts)) / len(parts),
        "parts": sum(map(sum, parts)) / sum(map(len, parts)),
        "by_count": by_count,
    }
