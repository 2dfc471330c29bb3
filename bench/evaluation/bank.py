"""The bank of conversations (tests/bank): read it, hold the conversations, count by phenomenon."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from beian.calendar.today import OVERRIDE
from bench.evaluation.judge import Said, Wanted, lacks

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "bank"
PARTS = ("open", "locked")
# The day of a conversation that names none: no reply may depend on the day it is run.
DAY = "2026-11-27"
_NAMED = "$"

Ask = Callable[[str, str], Mapping[str, Any]]


@dataclass(frozen=True)
class Turn:
    """What the customer says, and what the reply has to hold."""

    user: str
    wanted: Wanted


@dataclass(frozen=True)
class Conversation:
    """One conversation and the one `phenomenon` that it is there for."""

    id: str
    phenomenon: str
    today: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Outcome:
    """Of one conversation, what each reply lacked, turn by turn: nothing where it was right."""

    conversation: Conversation
    lacked: tuple[tuple[str, ...], ...]

    @property
    def right(self) -> int:
        """How many of its turns were right."""
        return sum(not lacked for lacked in self.lacked)

    @property
    def whole(self) -> bool:
        """Whether all of them were."""
        return self.right == len(self.lacked)


@dataclass(frozen=True)
class Tally:
    """Of some conversations how many were right as a whole, and how many of their turns."""

    conversations: int
    whole: int
    turns: int
    right: int

    @property
    def share(self) -> float:
        """The share of the turns that were right."""
        return self.right / self.turns if self.turns else 0.0


def read_bank(part: str, folder: Path = FOLDER) -> list[Conversation]:
    """The conversations of "open" or "locked". Raises KeyError for a wording or key that does not exist."""
    load = YAML(typ="safe", pure=True).load
    wordings = load((folder / "wordings.yml").read_text(encoding="utf-8"))
    rows = load((folder / f"{part}.yml").read_text(encoding="utf-8"))
    return [
        Conversation(
            row["id"],
            row["phenomenon"],
            str(row.get("today", DAY)),
            tuple(_turn(turn, wordings) for turn in row["turns"]),
        )
        for row in rows
    ]


def _turn(row: Mapping[str, Any], wordings: Mapping[str, Sequence[Any]]) -> Turn:
    unknown = set(row) - {"user", "must_include_any", "must_not_include", "facts", "status"}
    if unknown:
        raise KeyError(f"{row['user']}: {sorted(unknown)}")
    groups = [_expanded(group, wordings) for group in row.get("must_include_any", ())]
    excluded = _expanded(row.get("must_not_include", ()), wordings)
    facts, status = tuple(row.get("facts", ())), row.get("status", "")
    return Turn(str(row["user"]), Wanted(tuple(groups), excluded, facts, status))


def _expanded(options: Iterable[Any], wordings: Mapping[str, Sequence[Any]]) -> tuple[str, ...]:
    found: list[str] = []
    for option in map(str, options):
        named = option.startswith(_NAMED)
        found += map(str, wordings[option.removeprefix(_NAMED)]) if named else [option]
    return tuple(found)


@contextmanager
def on_day(day: str) -> Iterator[None]:
    """The assistant takes `day` for today."""
    before = os.environ.get(OVERRIDE)
    os.environ[OVERRIDE] = day
    try:
        yield
    finally:
        if before is None:
            del os.environ[OVERRIDE]
        else:
            os.environ[OVERRIDE] = before


def hold(conversation: Conversation, ask: Ask) -> Outcome:
    """Hold a conversation; `ask` answers a text of a sender with one message in Rasa's REST shape."""
    sender = f"bank-{conversation.id}"
    with on_day(conversation.today):
        return Outcome(
            conversation,
            tuple(tuple(lacks(turn.wanted, Said.of(ask(turn.user, sender)))) for turn in conversation.turns),
        )


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """Count."""
    found = list(outcomes)
    return Tally(
        len(found),
        sum(outcome.whole for outcome in found),
        sum(len(outcome.lacked) for outcome in found),
        sum(outcome.right for outcome in found),
    )


def by_phenomenon(outcomes: Iterable[Outcome]) -> dict[str, Tally]:
    """Count for each phenomenon, in the order of the bank."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.conversation.phenomenon].append(outcome)
    return {phenomenon: tally(found) for phenomenon, found in groups.items()}
