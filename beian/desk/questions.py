"""Turns put together to questions: what a customer wanted to know once, however many turns it took."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from beian.store.period import CountedTurn

RE_ASK_WITHIN = 2


@dataclass(frozen=True)
class Question:
    """A question and the turns it took: the first asks, the last tells how it ended."""

    turns: tuple[CountedTurn, ...]

    @property
    def conversation(self) -> str:
        """Where it was asked."""
        return self.turns[0].conversation

    @property
    def day(self) -> date:
        """When it was asked."""
        return self.turns[0].day

    @property
    def status(self) -> str:
        """How it ended; "clarify" where a question back was the last word."""
        return self.turns[-1].status

    @property
    def asked_back(self) -> bool:
        """Whether the assistant had to ask back."""
        return any(turn.status == "clarify" for turn in self.turns)


def by_conversation(found: Sequence[CountedTurn]) -> Iterable[list[CountedTurn]]:
    """The turns of each conversation, in their order."""
    grouped: dict[str, list[CountedTurn]] = defaultdict(list)
    for turn in found:
        grouped[turn.conversation].append(turn)
    return grouped.values()


def questions_of(found: Sequence[CountedTurn]) -> list[Question]:
    """The questions, in the order in which they were asked first.

    After a question back the next turn goes on with the same question; a call for a person ends it.
    """
    questions: list[tuple[int, Question]] = []
    place = {id(turn): at for at, turn in enumerate(found)}
    for said in by_conversation(found):
        held: list[CountedTurn] = []
        for turn in said:
            if turn.status == "smalltalk":
                continue
            if turn.status == "handoff":
                held = _settled(held, questions, place)
                continue
            held.append(turn)
            if turn.status != "clarify":
                held = _settled(held, questions, place)
        _settled(held, questions, place)
    return [question for _, question in sorted(questions, key=lambda one: one[0])]


def _settled(
    held: list[CountedTurn], questions: list[tuple[int, Question]], place: dict[int, int]
) -> list[CountedTurn]:
    if held:
        questions.append((place[id(held[0])], Question(tuple(held))))
    return []


def asked_again(questions: Sequence[Question], everywhere: Collection[str]) -> list[Question]:
    """Those answered with a fact that one of the two questions before was answered with: it did not help.

    `everywhere` are facts that many answers state beside their own, such as whom to call.
    """
    again = []
    before: dict[str, list[set[str]]] = defaultdict(list)
    for question in questions:
        facts = set(question.turns[-1].facts) - set(everywhere) if question.status == "answered" else set()
        earlier = before[question.conversation]
        if any(facts & known for known in earlier[-RE_ASK_WITHIN:]):
            again.append(question)
        earlier.append(facts)
    return again
