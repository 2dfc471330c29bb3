import pytest

from beian.dialogue.case import Case
from beian.dialogue.render import card_of, fact_text, facts_text, lead_of, source_of


def test_lists_and_steps_as_plain_text(kb):
    text = fact_text(kb.facts["materials.subject_info.individual"])
    assert text.splitlines()[1:] == ["· 新的身份证正反面照片", "· 新的联系方式"]
    steps = fact_text(kb.facts["procedure.login"]).splitlines()
    assert [line[:3] for line in steps] == ["1. ", "2. ", "3. "]


def test_the_customers_own_item_opens_the_answer(kb):
    fact = kb.facts["type.subject_info"]
    assert lead_of(fact, Case("subject_info", "legal_representative"), kb).startswith("法定代表人变了")
    assert lead_of(fact, Case("website_info", "server"), kb) is None, "an item of another change"
    assert lead_of(fact, Case(), kb) is None
    assert lead_of(kb.facts["timeline.review"], Case("subject_info", "contact"), kb) is None


def test_several_facts_stand_under_their_titles(kb):
    facts = [kb.facts["timeline.review"], kb.facts["access.overview"]]
    text = facts_text(facts, Case(), kb)
    for fact in facts:
        assert f"【{fact.title}】\n{fact_text(fact)}" in text
    assert "【" not in facts_text(facts[:1], Case(), kb)


def test_the_card_of_the_first_fact_that_has_one(kb):
    facts = [kb.facts["timeline.review"], kb.facts["materials.subject_transfer"], kb.facts["procedure.login"]]
    card = card_of(facts)
    assert (card["type"], card["fact"]) == ("checklist", "materials.subject_transfer")
    assert card["items"] == list(facts[1].items)
    assert card_of([kb.facts["timeline.review"]]) is None


@pytest.mark.parametrize("fact", ["timeline.review", "materials.website_info.name"])
def test_the_source(kb, fact):
    source = source_of(kb.facts[fact])
    assert source == {"fact": fact, "section": kb.facts[fact].section_path, "layer": "procedure"}
