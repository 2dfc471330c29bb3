import pytest

from beian.nlu.labels import ACTS, fact_id, kind_of, label_of


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("timeline/review", "answer"),
        ("materials/subject_info.enterprise", "answer"),
        ("type/replace_domain", "answer"),
        ("uncovered/fees", "uncovered"),
        ("out_of_scope/general", "out_of_scope"),
        ("chitchat/greet", "act"),
        ("dialogue/more", "act"),
        ("checklist", "act"),
        ("which_type", "act"),
        ("stop", "act"),
        ("handoff/request", "act"),
        ("feedback/negative", "act"),
    ],
)
def test_kinds(label, kind):
    assert kind_of(label) == kind


def test_facts_and_labels_name_each_other(kb):
    for fact in (*kb.facts, *kb.topics):
        label = label_of(fact)
        assert label.count("/") == 1
        assert fact_id(label) == fact
        assert kind_of(label) == "answer"


def test_acts_are_no_facts(kb):
    assert not ACTS & {fact.partition(".")[0] for fact in kb.facts}
