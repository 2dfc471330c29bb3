"""What makes a reply right, and how conversations of the bank are counted."""

import os

import pytest

from beian.kb import load_knowledge
from bench.evaluation import bank
from bench.evaluation.judge import (
    Said,
    Wanted,
    judge_fact,
    judge_foreign,
    judge_open,
    lacks,
    parts_answered,
)


def message(
    text: str = "管局审核通常需要 3-20 个工作日", *facts: str, status: str = "answered", **extra
) -> dict:
    return {"text": text, "custom": {"facts": list(facts), "status": status, **extra}}


def said(*facts: str, text: str = "好", status: str = "answered", **extra) -> Said:
    return Said.of(message(text, *facts, status=status, **extra))


def test_texts_are_compared_without_width_blanks_and_case():
    reply = Said.of(message("３－２０ 个工作日，IP"))
    assert not lacks(Wanted(includes=(("3-20个工作日",), ("ip",))), reply)
    assert lacks(Wanted(includes=(("20 个自然日", "月"),)), reply) == ["text lacks 20 个自然日/月"]
    assert lacks(Wanted(excludes=("ｉp",)), reply) == ["text has ｉp"]


def test_facts_and_statuses_have_alternatives():
    reply = said("timeline.review")
    assert not lacks(Wanted(facts=("timeline.submit_deadline|timeline.review",)), reply)
    assert lacks(Wanted(facts=("timeline.review", "contact.support")), reply) == [
        "facts lack contact.support"
    ]
    assert not lacks(Wanted(status="uncovered|answered"), reply)
    assert lacks(Wanted(status="smalltalk|clarify"), reply) == ["status answered"]


def test_a_dump_and_a_silence_are_right_for_nothing():
    assert lacks(Wanted(), said("a", "b", "c", "d", "e")) == ["5 facts"]
    assert lacks(Wanted(), said(text="字" * 901)) == ["901 characters"]
    assert lacks(Wanted(), Said.of(message(""))) == ["no text"]
    assert not lacks(Wanted(), said("a", "b", "c", "d", text="字" * 900))


@pytest.mark.parametrize(
    ("status", "foreign", "left_open"),
    [
        ("answered", "wrong", "wrong"),
        ("clarify", "near", "near"),
        ("uncovered", "near", "near"),
        ("out_of_scope", "right", "near"),
        ("handoff", "right", "right"),
    ],
)
def test_verdicts_on_what_has_no_answer(status, foreign, left_open):
    assert judge_foreign(said(status=status)) == foreign
    assert judge_open("fees", said(status=status)) == left_open


def test_an_open_theme_is_to_be_named():
    assert judge_open("expedite|fees", said(status="uncovered", theme="fees")) == "right"
    assert judge_open("expedite", said(status="uncovered", theme="fees")) == "near"


def test_verdicts_on_a_fact():
    assert judge_fact(["a|b"], said("b")) == "right"
    assert judge_fact(["a"], said("b")) == "wrong"
    assert judge_fact(["a"], said(status="uncovered")) == "near"


def test_parts_are_answered_or_named_as_open():
    kb = load_knowledge()
    title = kb.themes["fees"].title
    both = said("timeline.review", text=f"3-20 个工作日。{title}没有说明")
    assert parts_answered(["timeline.review"], ["fees"], both, kb) == [True, True]
    assert parts_answered(["contact.support"], ["expedite|fees"], both, kb) == [False, True]
    assert parts_answered(["timeline.review"], ["expedite"], both, kb) == [True, False]
    dump = said("timeline.review", "a", "b", "c", "d")
    assert parts_answered(["timeline.review"], [], dump, kb) == [False]


def test_what_the_buttons_offer():
    kb = load_knowledge()
    button = {"title": "?", "payload": kb.question_of("timeline.review")}
    assert Said.of({**message(), "buttons": [button]}, kb).offers == ("timeline.review",)


def write(folder, turns: str) -> None:
    (folder / "wordings.yml").write_text("days: [30日, 30天]\n", encoding="utf-8")
    (folder / "open.yml").write_text(
        f"- id: x1\n  phenomenon: why\n  today: 2026-03-01\n  turns:\n{turns}", encoding="utf-8"
    )


def test_conversations_are_read_with_their_day_and_wordings(tmp_path):
    write(tmp_path, "  - user: 多久\n    must_include_any:\n    - [一个月, $days]\n")
    [conversation] = bank.read_bank("open", tmp_path)
    assert conversation.today == "2026-03-01"
    assert conversation.turns[0].wanted.includes == (("一个月", "30日", "30天"),)


@pytest.mark.parametrize("line", ["must_include_any: [[$weeks]]", "must_incldue_any: [[x]]"])
def test_a_slip_in_a_file_is_told(tmp_path, line):
    write(tmp_path, f"  - user: 多久\n    {line}\n")
    with pytest.raises(KeyError):
        bank.read_bank("open", tmp_path)


def test_a_conversation_is_held_on_its_day_with_one_sender(monkeypatch):
    monkeypatch.delenv("BEIAN_TODAY", raising=False)
    asked = []

    def ask(text: str, sender: str) -> dict:
        asked.append((text, sender, os.environ["BEIAN_TODAY"]))
        return message("30 天" if text == "多久" else "", "timeline.review")

    turns = tuple(bank.Turn(user, Wanted(includes=(("30天",),))) for user in ("多久", "啥"))
    outcome = bank.hold(bank.Conversation("x1", "why", "2026-03-01", turns), ask)
    assert asked == [("多久", "bank-x1", "2026-03-01"), ("啥", "bank-x1", "2026-03-01")]
    assert "BEIAN_TODAY" not in os.environ
    assert outcome.lacked == ((), ("no text", "text lacks 30天"))
    assert (outcome.right, outcome.whole) == (1, False)
    [(phenomenon, counted)] = bank.by_phenomenon([outcome, outcome]).items()
    assert phenomenon == "why"
    assert counted == bank.Tally(conversations=2, whole=0, turns=4, right=2)
    assert counted.share == 0.5
