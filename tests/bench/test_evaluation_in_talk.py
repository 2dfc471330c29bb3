"""The figures on conversations, on subjects never seen and on public data, by hand-made readings."""

import json

import numpy as np
import pytest

from beian.kb import load_knowledge
from beian.meaning import said as spoken
from beian.meaning.data import Line, read_lines
from beian.meaning.state import Discourse
from beian.nlu.labels import kind_of
from beian.reading.meaning import Meaning
from bench import evaluate
from bench.evaluation import document_talk, in_context, messages, open_set, public, replies
from bench.evaluation.contextual import acceptable, covers, top_acceptable
from bench.evaluation.judge import Said
from bench.evaluation.predictions import of_ours
from bench.evaluation.questions import Question

REVIEW, DEADLINE, FEES = "timeline.review", "timeline.submit_deadline", "uncovered/fees"


@pytest.fixture(scope="module")
def kb():
    return load_knowledge()


def line(family: str, parent: int | None = None, *accept: tuple[str, ...]) -> Line:
    return Line(family, 1, parent, "多久", accept or ((REVIEW,),), "ask")


# --- what is acceptable ---------------------------------------------------------------------------


def test_acceptable_is_neither_less_nor_more(kb):
    accept = ((REVIEW,), (REVIEW, DEADLINE), (FEES,))
    assert acceptable((REVIEW,), accept, kb)
    assert acceptable((DEADLINE, REVIEW), accept, kb)
    assert acceptable((FEES,), accept, kb)
    assert not acceptable((DEADLINE,), accept, kb)
    assert not acceptable((REVIEW, FEES), accept, kb)
    assert not acceptable(("uncovered/expedite",), accept, kb)
    assert not acceptable((), accept, kb)


def test_a_topic_is_its_facts(kb):
    topic = next(iter(kb.topics.values()))
    assert acceptable((topic.id,), (topic.facts,), kb)
    assert not acceptable(topic.facts[:1], ((topic.id,),), kb)


def test_covered_may_say_more_but_not_a_heap(kb):
    accept = ((REVIEW,),)
    assert covers((DEADLINE, REVIEW), accept, kb)
    assert not covers((DEADLINE,), accept, kb)
    assert not covers(tuple(kb.facts)[:5], ((next(iter(kb.facts)),),), kb)


def test_one_target_of_several_that_belong_together(kb):
    assert top_acceptable(DEADLINE, ((REVIEW, DEADLINE),), kb)
    assert not top_acceptable(FEES, ((REVIEW, DEADLINE),), kb)
    assert not top_acceptable(DEADLINE, ((REVIEW,), (REVIEW, DEADLINE)), kb)


# --- in context -----------------------------------------------------------------------------------


def test_families_of_one_name_are_left_out_together():
    lines = [line("access"), line("access_more"), line("matters"), line("matters2"), line("flow")]
    groups = in_context.groups_of(lines, 3)
    assert groups[0] == groups[1] and groups[2] == groups[3]
    assert len(set(groups.tolist())) == 3


def test_the_real_families_make_groups_of_about_one_size():
    lines = read_lines()
    sizes = np.bincount(in_context.groups_of(lines))
    assert len(sizes) == in_context.GROUPS
    assert sizes.max() < 1.3 * sizes.min()


def test_a_share_of_the_trees_keeps_whole_trees():
    lines = [line("a"), line("a", 0), line("b"), line("b", 2), line("c"), line("c", 4)]
    among = np.array([True, True, True, True, False, False])
    kept = in_context._kept(lines, among, 0.5)
    assert kept.sum() == 2 and not kept[4:].any()
    assert kept[0] == kept[1] and kept[2] == kept[3]
    assert in_context._kept(lines, among, 1.0).tolist() == among.tolist()


def row(follows: bool = True, right: bool = True, chance: float = 0.8, **given) -> in_context.Row:
    values = dict.fromkeys(
        ("alone", "top", "top3", "acted", "covered", "free_top", "free", "manner_right"), right
    )
    values |= {"family": "flow", "manner": "why", "fact": True, "asked": False} | given
    return in_context.Row(follows=follows, chance=chance, **values)


def test_figures_are_those_of_what_follows():
    rows = [row(), row(right=False, family="rejection"), row(follows=False)]
    found = in_context.figures(rows)
    assert (found["all"]["n"], found["all"]["top"], found["openings"]["n"]) == (2, 0.5, 1)
    assert {name: one["top"] for name, one in found["families"].items()} == {"flow": 1.0, "rejection": 0.0}
    assert found["confidence"][0]["low"] == 0.7 and found["confidence"][0]["n"] == 2
    assert found["ece"] == pytest.approx(0.3)


def test_a_question_back_only_takes_in_what_is_told(kb):
    said = spoken.Said("审核多久")
    answered = in_context.after(Discourse(), Meaning("answer", (REVIEW,)), said, kb)
    asked = in_context.after(Discourse(), Meaning("ask", (), choices=(REVIEW, DEADLINE)), said, kb)
    assert answered.stated == (REVIEW,)
    assert asked.stated == ()


# --- subjects never seen --------------------------------------------------------------------------


def test_each_fold_leaves_whole_labels_out():
    labels = [label for _, label in messages.training_pairs(load_knowledge())]
    folds = open_set.folds_of(labels)
    assert len(folds) == open_set.FOLDS
    hidden = [label for fold in folds for label in fold.hidden]
    closed = {label for label in labels if kind_of(label) in ("uncovered", "out_of_scope")}
    assert sorted(hidden) == sorted(closed - open_set.NO_SUBJECT)
    for fold in folds:
        tested = set(fold.test.tolist())
        assert all(place in tested for place, label in enumerate(labels) if label in fold.hidden)
        rest = [label for label in labels if label not in fold.hidden]
        seen = [place for place in tested if labels[place] not in fold.hidden]
        assert len(seen) / len(rest) == pytest.approx(1 / open_set.SEEN_SHARE, abs=0.01)


@pytest.mark.parametrize(
    ("label", "meaning", "verdict"),
    [
        ("timeline/review", Meaning("answer", (REVIEW,)), "right"),
        ("timeline/review", Meaning("answer", (DEADLINE,)), "wrong"),
        ("timeline/review", Meaning("ask", choices=(REVIEW, DEADLINE)), "near"),
        ("timeline/review", Meaning("answer", (FEES,)), "near"),
        ("uncovered/expedite", Meaning("answer", (FEES,)), "right"),
        ("uncovered/expedite", Meaning("answer", ("uncovered/",)), "right"),
        ("uncovered/expedite", Meaning("answer", ("out_of_scope",)), "near"),
        ("uncovered/expedite", Meaning("answer", (FEES, REVIEW)), "wrong"),
        ("out_of_scope/travel_visa", Meaning("answer", ("out_of_scope",)), "right"),
        ("out_of_scope/travel_visa", Meaning("answer", ("chitchat/greet",)), "right"),
        ("out_of_scope/travel_visa", Meaning("not_understood"), "near"),
        ("out_of_scope/travel_visa", Meaning("answer", (REVIEW,)), "wrong"),
        ("chitchat/greet", Meaning("answer", ("chitchat/thanks",)), "right"),
        ("chitchat/greet", Meaning("answer", (FEES,)), "near"),
    ],
)
def test_verdicts_on_readings(kb, label, meaning, verdict):
    assert open_set.judge(label, meaning, kb) == verdict


def test_lines_about_what_is_hidden_go_with_all_that_follows():
    lines = [line("a"), line("a", 0, (FEES,)), line("a", 1), line("a", 0, (REVIEW,), (FEES,)), line("a", 0)]
    kept = open_set.without(lines, frozenset({FEES}))
    assert [one.parent for one in kept] == [None, 0]
    assert kept[1].user == "多久" and len(open_set.without(lines, frozenset())) == len(lines)


# --- replies, predictions, public data ------------------------------------------------------------


def test_several_questions_by_their_number():
    found = replies.several([[True, True], [True, False], [True, True, True]])
    assert found["all"] == pytest.approx(2 / 3)
    assert found["parts"] == pytest.approx(6 / 7)
    assert found["by_count"] == {"2": {"n": 2, "all": 0.5}, "3": {"n": 1, "all": 1.0}}


def test_a_detail_is_dealt_with_by_a_fact_or_named_as_open():
    reply = Said.of({"text": "好", "custom": {"facts": [REVIEW], "status": "answered"}})
    assert replies.judge_detail({"facts": [REVIEW]}, reply) == "right"
    assert replies.judge_detail({"theme": "fees"}, reply) == "wrong"


def meaning(outcome: str, *targets: str, choices: tuple[str, ...] = ()) -> dict:
    ranking = tuple((target, 0.5) for target in (*targets, *choices))
    return {"meaning": Meaning(outcome, targets, choices=choices, ranking=ranking).as_dict()}


def test_predictions_from_meanings():
    assert of_ours(meaning("answer", REVIEW)).labels == ("timeline/review",)
    assert of_ours(meaning("answer", FEES, REVIEW)).outcome == "answer"
    assert of_ours(meaning("answer", FEES)).outcome == "refuse"
    assert of_ours(meaning("answer", "chitchat/greet")).outcome == "act"
    asked = of_ours(meaning("ask", choices=(REVIEW, DEADLINE)))
    assert (asked.outcome, asked.labels) == ("ask", ("timeline/review", "timeline/submit_deadline"))
    assert of_ours(meaning("not_understood", choices=(FEES,))).outcome == "refuse"


def test_foreign_subjects_are_not_told_apart():
    foreign = Question("签证多久", (frozenset({"out_of_scope/general"}),), "short", "out_of_scope/general")
    assert foreign.accepts("out_of_scope") and foreign.accepts("out_of_scope/counterfactual")
    assert not foreign.accepts("timeline/review") and not foreign.accepts(None)
    own = Question("审核多久", (frozenset({"timeline/review"}),), "short", "timeline/review")
    assert not own.accepts("out_of_scope/counterfactual")


def test_a_bias_is_bought_with_little_accuracy():
    labels = np.array(["a", "b", public.OUT_OF_SCOPE])
    inside = np.array([[0.9, 0.05, 0.05]] * 150 + [[0.5, 0.1, 0.4]])
    outside = np.array([[0.55, 0.1, 0.35], [0.7, 0.1, 0.2], [0.96, 0.03, 0.01]])
    wanted = ["a"] * 151
    assert public.figures(inside, wanted, outside, labels, 0.0) == (1.0, 0.0)
    bias = public.chosen_bias(inside, wanted, outside, labels)
    accuracy, recall = public.figures(inside, wanted, outside, labels, bias)
    assert 0.99 <= accuracy < 1.0
    assert recall == pytest.approx(2 / 3)


def test_a_folder_without_data_is_told(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"data_full\.json"):
        public.measure(tmp_path)


# --- results and document -------------------------------------------------------------------------


def test_earlier_figures_are_kept_while_their_data_is_the_same(tmp_path):
    store = tmp_path / "results.json"
    assert evaluate.earlier_results(store, {}) == {"digests": {}, "sections": {}}
    earlier = {
        "machine": {"cores": 2},
        "run": {"quick": False},
        "digests": {"bank": "1", "crossval": "1"},
        "sections": {"bank": {"a": 1}, "crossval": {"b": 2}, "perturb": {"c": 3}},
    }
    store.write_text(json.dumps(earlier), encoding="utf-8")
    found = evaluate.earlier_results(store, {"bank": "2", "crossval": "1", "perturb": "1"})
    assert found["sections"] == {"crossval": {"b": 2}}
    assert found["digests"] == {"crossval": "1"} and found["machine"] == {"cores": 2}


def test_public_data_only_when_its_folder_is_given():
    assert "public" not in evaluate.parse([]).only
    options = evaluate.parse(["--only", "public", "open_set", "--public", "x", "--folds", "2"])
    assert options.only == ["public", "open_set"] and options.folds == 2


def test_sections_tell_what_was_measured():
    shares = {"n": 4, "right": 0.75, "near": 0.0, "wrong": 0.25}
    tally = {"conversations": 2, "whole": 1, "turns": 4, "right": 3}
    part = {"all": tally, "phenomena": {"why": tally}}
    context = in_context.figures([row(), row(right=False)])
    sections = {
        "bank": {
            "bank": {"open": part, "locked": part},
            "lookalikes": shares,
            "details": shares,
            "several": replies.several([[True, False]]),
        },
        "in_context": {**context, "groups": 2, "curve": [{"share": 0.5, "turns": 10, "top": 0.5}]},
        "open_set": {
            "folds": 8,
            "messages": 9,
            "reading": dict.fromkeys(open_set.GROUPS, shares),
            "classifier": dict.fromkeys(open_set.GROUPS, shares),
            "labels": {"uncovered/fees": shares},
        },
        "public": {
            "clinc150": {"accuracy": 0.9, "recall": 0.4, "biased_accuracy": 0.89, "biased_recall": 0.7},
            "banking77": {"accuracy": 0.93, "test": 10},
        },
    }
    results = {"sections": sections}
    assert "| 为什么 | 3 / 4（75.0%） | 3 / 4（75.0%） |" in document_talk.bank(results)
    assert "这次只做了 2 组" in document_talk.in_context(results)
    assert "| **全部追问** | 2 | 50.0%" in document_talk.in_context(results)
    assert "这次只做了" not in document_talk.open_set(results)
    assert "| **无关，这类没见过** | 4 | 75.0% | 0.0% | 25.0% |" in document_talk.open_set(results)
    assert "| **同上，偏置由验证集定** | 89.0% | 70.0% |" in document_talk.public(results)
    for write in (document_talk.bank, document_talk.in_context, document_talk.open_set, document_talk.public):
        for block in write(results).split("\n\n"):
            rows = [text for text in block.splitlines() if text.startswith("|")]
            assert len({text.count("|") for text in rows}) <= 1, block
