"""Floors on the bank of conversations (tests/bank), for each phenomenon and for whole conversations.

A floor lies two turns under what was measured when it was set. Where one fails, the message lists the wrong
turns; `python -m bench.evaluate --only bank` writes all shares. Floors are raised, never lowered: a turn
that is known to be wrong is simply not among the share.
"""

from collections import Counter

import pytest

from bench.evaluation import bank

# Phenomenon: least share of its turns that are right, in the open and in the locked part.
TURNS = {
    "retract": (0.73, 0.60),
    "correct": (0.60, 0.33),
    "other_slot": (0.75, 0.62),
    "other_aspect": (0.75, 0.75),
    "fragment": (0.86, 0.80),
    "ordinal": (0.61, 0.45),
    "opener": (0.68, 0.66),
    "topic_held": (0.73, 0.81),
    "back_after_digression": (0.73, 0.50),
    "two_matters": (0.85, 0.33),
    "two_people": (0.50, 0.50),
    "rejection_phase": (0.88, 0.55),
    "review_phase": (0.73, 0.50),
    "why": (0.73, 0.40),
    "what_if": (0.73, 0.50),
    "doubt": (0.60, 0.50),
    "hypothetical": (0.46, 0.20),
    "out_of_scope_and_back": (0.70, 0.71),
    "handoff_talk": (0.73, 0.50),
    "item_question": (0.85, 0.50),
    "notice": (0.66, 0.22),
    "open_theme": (0.80, 0.77),
}
ALL_TURNS = (0.84, 0.845)
WHOLE = (0.60, 0.60)


@pytest.fixture(scope="module")
def outcomes(talk) -> dict[str, list[bank.Outcome]]:
    return {
        part: [bank.hold(conversation, talk.ask) for conversation in bank.read_bank(part)]
        for part in bank.PARTS
    }


def wrong(outcomes: list[bank.Outcome]) -> str:
    """The turns that are wrong, for the message of a failure."""
    lines = [
        f"{outcome.conversation.id} {turn.user}: {'; '.join(lacked)}"
        for outcome in outcomes
        for turn, lacked in zip(outcome.conversation.turns, outcome.lacked, strict=True)
        if lacked
    ]
    return "\n".join(["", *lines])


@pytest.mark.parametrize("part", bank.PARTS)
@pytest.mark.parametrize("phenomenon", TURNS)
def test_turns_of_a_phenomenon(outcomes, part, phenomenon):
    found = [one for one in outcomes[part] if one.conversation.phenomenon == phenomenon]
    assert bank.tally(found).share >= TURNS[phenomenon][bank.PARTS.index(part)], wrong(found)


@pytest.mark.parametrize("part", bank.PARTS)
def test_turns_and_whole_conversations(outcomes, part):
    place = bank.PARTS.index(part)
    found = bank.tally(outcomes[part])
    assert found.share >= ALL_TURNS[place], wrong(outcomes[part])
    assert found.whole / found.conversations >= WHOLE[place], wrong(outcomes[part])


def test_the_bank_is_large_and_a_third_of_it_locked(talk):
    opened, locked = (bank.read_bank(part) for part in bank.PARTS)
    assert len(opened) + len(locked) >= 150
    assert 0.3 <= len(locked) / (len(opened) + len(locked)) <= 0.4
    names = Counter(one.id for one in (*opened, *locked))
    assert max(names.values()) == 1
    assert all(len(one.turns) > 1 for one in (*opened, *locked))
    for conversations in (opened, locked):
        assert {one.phenomenon for one in conversations} == set(TURNS)
    facts = {
        fact
        for one in (*opened, *locked)
        for turn in one.turns
        for wanted in turn.wanted.facts
        for fact in wanted.split("|")
    }
    assert facts <= set(talk.kb.facts), "facts that the knowledge base does not have"


def test_a_turn_that_asks_for_nothing_is_none():
    empty = bank.Wanted()
    assert not [
        turn.user
        for part in bank.PARTS
        for one in bank.read_bank(part)
        for turn in one.turns
        if turn.wanted == empty
    ]
