"""From an understanding to one of few outcomes: answer, ask back, or one of three kinds of no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from beian.nlu.labels import kind_of
from beian.nlu.understanding import Understanding
from beian.text.clauses import looks_like_question

Outcome = Literal["answer", "ask", "uncovered", "out_of_scope", "act", "not_understood"]

# Measured by leaving out one writer's messages at a time (docs/evaluation.md).
SURE = 0.45
# Less sure a label still counts when its kind is likely and it leads the next of its kind clearly.
LIKELY = 0.3
MOSTLY = 0.6
CLEAR_LEAD = 2.0
# Kinds closer than this are not told apart.
TIED = 0.1
POSSIBLE = 0.08
# Two facts are stated together when neither is likelier than SURE_ALONE, the second is at least NEAR
# and the two hold BOTH of the probability.
SURE_ALONE = 0.7
NEAR = 0.22
BOTH = 0.65
FEWEST_CHOICES = 2
MOST_CHOICES = 3


@dataclass(frozen=True)
class Decision:
    """`labels` are what to answer (several questions in order), or what to offer when asking back."""

    outcome: Outcome
    labels: tuple[str, ...]


def decide(understanding: Understanding) -> Decision:
    """What to do about a message."""
    ranking, kinds = understanding.ranking, understanding.kinds
    if len(understanding.questions) > 1:
        return Decision("answer", tuple(understanding.questions))
    if _tied(kinds):
        # Who only tells how things stand is served by what the document says about it.
        told = None if looks_like_question(understanding.text) else _first_answer(ranking)
        return Decision("answer", (told,)) if told else _ask(ranking)
    likeliest = max(kinds, key=kinds.__getitem__)
    label, chance = ranking[0]
    second = next((c for other, c in ranking[1:] if kind_of(other) == likeliest), 0.0)
    if kind_of(label) != likeliest:
        label, chance = next(((o, c) for o, c in ranking if kind_of(o) == likeliest), (label, chance))
    leads = chance >= LIKELY and chance >= CLEAR_LEAD * second
    sure = chance >= SURE or (kinds[likeliest] >= MOSTLY and leads)
    if likeliest == "answer":
        pair = _near_pair(ranking)
        if pair:
            return Decision("answer", pair)
        # Who tells what has changed wants to know what that means.
        event = label.startswith("type/") and not looks_like_question(understanding.text)
        return Decision("answer", (label,)) if sure or event else _ask(ranking)
    if likeliest == "uncovered":
        if kinds[likeliest] >= SURE:
            return Decision("uncovered", (label,) if sure else ())
        return _ask(ranking)
    if likeliest == "out_of_scope" and kinds[likeliest] >= SURE:
        return Decision("out_of_scope", (label,))
    # Acts differ in what they do: several of them, none likely, make none.
    if likeliest == "act" and kinds[likeliest] >= SURE and chance >= LIKELY:
        return Decision("act", (label,))
    return _ask(ranking) if kinds.get("answer", 0.0) >= POSSIBLE else Decision("not_understood", ())


def _first_answer(ranking: list[tuple[str, float]]) -> str | None:
    return next((label for label, _ in ranking if kind_of(label) == "answer"), None)


def _tied(kinds: dict[str, float]) -> bool:
    """Whether it is open if the document answers at all: asking is better than either guess."""
    answer = kinds.get("answer", 0.0)
    rival = max(kinds.get("uncovered", 0.0), kinds.get("out_of_scope", 0.0))
    return abs(answer - rival) < TIED and answer + rival > MOSTLY


def _near_pair(ranking: list[tuple[str, float]]) -> tuple[str, str] | None:
    """Two facts of one subject that are both likely: stating both is shorter than asking which."""
    (first, chance), (second, other) = ranking[0], ranking[1] if len(ranking) > 1 else ("", 0.0)
    if chance >= SURE_ALONE or other < NEAR or chance + other < BOTH:
        return None
    if kind_of(first) != "answer" or kind_of(second) != "answer":
        return None
    return (first, second)


def _ask(ranking: list[tuple[str, float]]) -> Decision:
    answers = [(label, chance) for label, chance in ranking if kind_of(label) == "answer"]
    choices = [label for label, chance in answers if chance >= POSSIBLE]
    if len(choices) < FEWEST_CHOICES:
        choices = [label for label, _ in answers[:FEWEST_CHOICES]]
    if not choices:
        return Decision("not_understood", ())
    return Decision("ask", tuple(choices[:MOST_CHOICES]))
