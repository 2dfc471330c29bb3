"""Look-up: the live answer's facts first, likely ones after, texts last; with and without a model."""

from datetime import date

import pytest

from beian.answers.render import fact_text
from beian.kb import load_knowledge
from beian.lookup.lookup import LookUp
from beian.lookup.phrasings import Phrasings, TextIndex
from beian.reading.meaning import Meaning
from beian.text.normalize import letters_only

KB = load_knowledge()
TODAY = date(2026, 11, 24)
COMPANY = "materials.subject_info.enterprise"
PERSON = "materials.subject_info.individual"


@pytest.fixture(scope="module")
def look_up() -> LookUp:
    return LookUp.load(KB)


def parsed(text, *ranking):
    """What the pipeline would say: ranking as (target, probability), the first of which is answered."""
    meaning = Meaning("answer", (ranking[0][0],), chance=ranking[0][1], ranking=ranking)
    return {"text": text, "entities": [], "meaning": meaning.as_dict()}


def test_the_assistants_answer_comes_first_with_its_confidence(look_up):
    found = look_up.find(
        "审核多久", parsed("审核多久", ("timeline.review", 0.9), ("procedure.overview", 0.08)), today=TODAY
    )
    assert found.status == "answered"
    first, second = found.hits[:2]
    assert (first.fact, first.by, first.confidence) == ("timeline.review", "answer", 0.9)
    assert (second.fact, second.by, second.confidence) == ("procedure.overview", "likely", 0.08)
    assert first.section == KB.facts["timeline.review"].section_path
    assert "审核" in (first.matched or "")
    assert len({hit.fact for hit in found.hits}) == len(found.hits)


def test_filters_choose_the_case_and_leave_others_out(look_up):
    said = parsed("要什么材料", ("materials.overview", 0.9))
    for kind, wanted, other in (("enterprise", COMPANY, PERSON), ("individual", PERSON, COMPANY)):
        found = look_up.find("要什么材料", said, change_type="subject_info", subject_kind=kind, today=TODAY)
        facts = [hit.fact for hit in found.hits]
        assert facts[0] == wanted
        assert other not in facts
        assert {hit.change_type for hit in found.hits} <= {None, "subject_info"}


def test_what_the_document_leaves_open_is_said_and_near_facts_follow(look_up):
    found = look_up.find(
        "多少钱",
        parsed("多少钱", ("uncovered/fees", 0.99)),
        today=TODAY,
    )
    assert found.status == "uncovered"
    assert KB.themes["fees"].title in (found.answer or "")
    assert {hit.fact for hit in found.hits} >= set(KB.themes["fees"].nearest) & set(KB.facts)
    assert all(hit.confidence is None for hit in found.hits)


@pytest.mark.parametrize(
    ("query", "fact"),
    [
        ("域名解析", "access.server_change"),
        ("购买凭证", "materials.website_info.server"),
        ("加盖公章", COMPANY),
    ],
)
def test_words_of_an_answer_find_it_without_the_model(look_up, query, fact):
    found = look_up.find(query, None)
    assert fact in [hit.fact for hit in found.hits[:3]]
    assert found.status is None


def test_every_facts_own_question_finds_it(look_up):
    missed = [
        fact.id
        for fact in KB.facts.values()
        if fact.id not in [hit.fact for hit in look_up.find(fact.question, None).hits]
    ]
    assert missed == []


@pytest.mark.parametrize("query", ["", "  ", "％", "\u200b", "x" * 200, "' OR 1=1 --", "🙂"])
def test_odd_queries_are_no_faults(look_up, query):
    look_up.find(query, None)


def test_likeness_is_highest_for_the_text_itself():
    index = TextIndex(["审核要多久", "公司改名了", "换服务器"])
    likeness = index.likeness("公司改名了")
    assert likeness.argmax() == 1
    assert likeness[1] == pytest.approx(1)
    assert index.likeness("審核要多久")[0] == pytest.approx(1)
    assert not TextIndex([]).likeness("甲").size


def test_a_phrasing_that_shares_nothing_is_none():
    phrasings = Phrasings([("审核要多久", "timeline/review")])
    assert phrasings.nearest("timeline/review", phrasings.likeness("xyz")) is None
    assert phrasings.nearest("timeline/review", phrasings.likeness("多久审核")) == "审核要多久"


def test_what_alone_holds_a_text_word_for_word_comes_first_however_short_it_is(look_up):
    texts = {
        fact.id: letters_only(fact.title + fact.question + fact_text(fact)) for fact in KB.facts.values()
    }
    for fact, text in texts.items():
        parts = (text[place : place + 3] for place in range(len(text) - 2))
        own = next((part for part in parts if sum(part in other for other in texts.values()) == 1), None)
        if own:
            assert look_up.find(own, None).hits[0].fact == fact, own


def test_no_more_are_shown_than_are_wanted(look_up):
    assert len(look_up.find("网站名称", None).hits) > 3
    assert len(look_up.find("网站名称", None, most=3).hits) == 3
