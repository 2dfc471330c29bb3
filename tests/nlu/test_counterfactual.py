"""Copies of filing messages about other objects."""

import pytest

from beian.nlu.counterfactual import LABEL, copies_of, counterfactuals, of_ourselves, with_everyday_nouns
from beian.nlu.data_check import read_messages
from beian.text.normalize import compact, normalize

MESSAGES = [
    ("备案变更审核要多久", "timeline/review"),
    ("换负责人要什么材料", "materials/website_info.responsible_person"),
    ("公司改名交啥", "materials/subject_info.enterprise"),
    ("我的网站变更备案收费吗", "uncovered/fees"),
    ("换驾照怎么办", "out_of_scope/papers"),
]


def test_the_object_of_a_filing_is_another():
    copies = counterfactuals(MESSAGES, ["驾驶证"], most_before=0)
    assert copies == [("驾驶证变更审核要多久", LABEL)], "what still speaks of a website is left out"


def test_an_object_goes_before_what_names_none():
    copies = dict(counterfactuals(MESSAGES, ["驾驶证"], most=0))
    assert set(copies) == {"驾驶证换负责人要什么材料", "驾驶证公司改名交啥"}
    assert set(copies.values()) == {LABEL}


def test_whose_site_or_firm_it_is_changes_nothing():
    kept = with_everyday_nouns(MESSAGES, ["茶油"], most=0, most_before=0)
    labels = {label for _, label in kept}
    assert labels == {label for _, label in MESSAGES[:1] + MESSAGES[2:4]}, (
        "what names a site, a firm, a filing"
    )
    assert all("茶油" in text for text, _ in kept)


@pytest.fixture(scope="module")
def copies(kb) -> list[tuple[str, str]]:
    # Every fourth: enough to be many, in a fourth of the time.
    messages = {compact(normalize(text)): label for text, label in read_messages()[::4]}
    return copies_of(list(messages.items()), kb.foreign_objects)


def test_the_copies_for_training_are_many_and_of_both_kinds(copies):
    foreign = [text for text, label in copies if label == LABEL]
    assert len(foreign) > 4000
    assert len(copies) - len(foreign) > 1000


def test_hardly_a_noun_comes_twice(copies):
    texts = [text for text, _ in copies]
    assert len(set(texts)) > 0.99 * len(texts)


def test_the_customers_own_firm_before_a_question_changes_nothing(copies):
    own = of_ourselves([*MESSAGES, ("换法人要什么材料", "materials/subject_info.enterprise")])
    assert {label for _, label in own} == {
        "materials/website_info.responsible_person",
        "materials/subject_info.enterprise",
    }
    assert all(text.endswith(("换负责人要什么材料", "换法人要什么材料")) for text, _ in own)
    assert len([label for _, label in copies if label != LABEL]) >= 1500
