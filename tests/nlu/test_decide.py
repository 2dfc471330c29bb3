import pytest

from beian.nlu.decide import MOST_CHOICES, Decision, decide
from beian.nlu.labels import kind_of
from beian.nlu.understanding import Understanding


def understood(*ranking: tuple[str, float], questions: tuple[str, ...] = (), **kinds: float) -> Understanding:
    """An understanding with this ranking; the kinds are summed from it, what is left goes to facts."""
    if not kinds:
        for label, chance in ranking:
            kinds[kind_of(label)] = kinds.get(kind_of(label), 0.0) + chance
        kinds["answer"] = kinds.get("answer", 0.0) + max(0.0, 1 - sum(kinds.values()))
    return Understanding("能办吗", list(questions or (ranking[0][0],)), ranking[0][1], list(ranking), kinds)


REVIEW, SUBMIT, RESUBMIT = "timeline/review", "timeline/submit_deadline", "timeline/resubmit_deadline"


@pytest.mark.parametrize(
    ("understanding", "outcome", "labels"),
    [
        (understood((REVIEW, 0.93), (SUBMIT, 0.03)), "answer", (REVIEW,)),
        (understood((REVIEW, 0.40), (SUBMIT, 0.15), ("uncovered/fees", 0.1)), "answer", (REVIEW,)),
        (understood((REVIEW, 0.55), (SUBMIT, 0.35)), "answer", (REVIEW, SUBMIT)),
        (understood((REVIEW, 0.30), (SUBMIT, 0.25), (RESUBMIT, 0.2)), "ask", (REVIEW, SUBMIT, RESUBMIT)),
        (understood(("uncovered/fees", 0.9), (REVIEW, 0.05)), "uncovered", ("uncovered/fees",)),
        (
            understood(
                ("uncovered/fees", 0.3), ("uncovered/agency", 0.29), (REVIEW, 0.1), answer=0.1, uncovered=0.8
            ),
            "uncovered",
            (),
        ),
        (
            understood(("uncovered/fees", 0.4), (REVIEW, 0.3), (SUBMIT, 0.05), answer=0.38, uncovered=0.42),
            "ask",
            (REVIEW, SUBMIT),
        ),
        (understood(("out_of_scope/general", 0.97)), "out_of_scope", ("out_of_scope/general",)),
        (understood(("chitchat/greet", 0.99)), "act", ("chitchat/greet",)),
        (
            understood(
                ("out_of_scope/general", 0.4),
                ("chitchat/greet", 0.3),
                out_of_scope=0.42,
                act=0.4,
                answer=0.05,
            ),
            "not_understood",
            (),
        ),
        (
            understood(("out_of_scope/general", 0.4), (REVIEW, 0.3), out_of_scope=0.42, act=0.1, answer=0.35),
            "ask",
            (REVIEW,),
        ),
        (
            understood((REVIEW, 0.5), (SUBMIT, 0.2), questions=(REVIEW, "materials/overview")),
            "answer",
            (REVIEW, "materials/overview"),
        ),
    ],
)
def test_outcomes(understanding, outcome, labels):
    decision = decide(understanding)
    assert (decision.outcome, decision.labels) == (outcome, labels)


@pytest.mark.parametrize(
    ("chance", "other", "both"), [(0.36, 0.30, True), (0.34, 0.30, False), (0.5, 0.3, True)]
)
def test_two_near_each_other_are_both_said_where_they_hold_most(chance, other, both):
    decision = decide(understood((REVIEW, chance), (SUBMIT, other)))
    assert (decision.outcome == "answer" and len(decision.labels) == 2) is both


def test_few_choices_are_offered():
    ranking = [(f"type/{name}", 0.18) for name in "abcde"]
    decision = decide(understood(*ranking))
    assert decision.outcome == "ask"
    assert len(decision.labels) == MOST_CHOICES == 3


def test_choices_are_facts_only():
    decision = decide(
        understood((REVIEW, 0.28), ("uncovered/fees", 0.2), ("chitchat/greet", 0.2), (SUBMIT, 0.2))
    )
    assert all(kind_of(label) == "answer" for label in decision.labels)


def test_the_likeliest_kind_counts_before_the_likeliest_label():
    """Many themes that are likely together beat one fact that is likeliest alone."""
    themes = [(f"uncovered/{name}", 0.2) for name in ("fees", "agency", "limits")]
    decision = decide(understood((REVIEW, 0.3), *themes, answer=0.35, uncovered=0.65))
    assert decision.outcome == "uncovered"


def test_a_tie_is_asked_back_but_a_statement_is_told_what_the_document_says():
    tied = understood(("uncovered/modify_during_review", 0.52), (REVIEW, 0.45), answer=0.46, uncovered=0.53)
    tied.text = "审核中能修改吗"
    assert decide(tied).outcome == "ask"
    tied.text = "已经交上去了,正在管局审着"
    assert decide(tied) == Decision("answer", (REVIEW,))


def test_who_tells_what_changed_is_told_the_type():
    told = understood(("type/subject_info", 0.28), (REVIEW, 0.2), (SUBMIT, 0.1), answer=0.8, uncovered=0.2)
    told.text = "上个月换的法人"
    assert decide(told) == Decision("answer", ("type/subject_info",))
    told.text = "上个月换的法人怎么办"
    assert decide(told).outcome == "ask"


def test_an_act_must_be_likely_by_itself():
    likely = understood(
        ("handoff/request", 0.43), ("chitchat/insult", 0.1), (REVIEW, 0.1), act=0.6, answer=0.3
    )
    assert decide(likely) == Decision("act", ("handoff/request",))
    mixed = understood(("handoff/request", 0.2), ("chitchat/insult", 0.2), (REVIEW, 0.2), act=0.6, answer=0.3)
    assert decide(mixed).outcome == "ask"
