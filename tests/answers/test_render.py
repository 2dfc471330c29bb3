import pytest

from beian.answers.render import card_of, fact_text, facts_text, lead_of, source_of
from beian.meaning.state import Discourse, Matter


def test_lists_and_steps_as_plain_text(kb):
    text = fact_text(kb.facts["materials.subject_info.individual"])
    assert text.splitlines()[1:] == ["· 新的身份证正反面照片", "· 新的联系方式"]
    steps = fact_text(kb.facts["procedure.login"]).splitlines()
    assert [line[:3] for line in steps] == ["1. ", "2. ", "3. "]


def test_the_customers_own_item_opens_the_answer(kb):
    fact = kb.facts["type.subject_info"]
    told = Discourse(focus=Matter("subject_info", "legal_representative"))
    assert lead_of(fact, told, kb).startswith("法定代表人变了")
    assert facts_text([fact], told, kb).splitlines() == [lead_of(fact, told, kb), fact_text(fact)]
    server = Discourse(focus=Matter("website_info", "server"))
    assert lead_of(fact, server, kb) is None, "an item of another change"
    assert lead_of(fact, Discourse(), kb) is None
    contact = Discourse(focus=Matter("subject_info", "contact"))
    assert lead_of(kb.facts["timeline.review"], contact, kb) is None


def test_several_facts_stand_under_their_titles(kb):
    facts = [kb.facts["timeline.review"], kb.facts["access.overview"]]
    text = facts_text(facts, Discourse(), kb)
    for fact in facts:
        assert f"【{fact.title}】\n{fact_text(fact)}" in text
    assert "【" not in facts_text(facts[:1], Discourse(), kb)


def test_what_is_worked_out_stands_in_place_of_the_fact(kb):
    facts = [kb.facts["timeline.review"], kb.facts["access.overview"]]
    text = facts_text(facts, Discourse(), kb, {"timeline.review": "最快明天。"})
    assert f"【{facts[0].title}】\n最快明天。" in text
    assert fact_text(facts[0]) not in text
    assert fact_text(facts[1]) in text


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


def test_what_changes_together_is_named_together(answer):
    reply, _ = answer("法人换了，公司名也改了，算哪种变更")
    assert "法定代表人、企业名称变了" in reply.text


def test_of_two_kinds_each_has_its_own_item(answer):
    reply, _ = answer("法人换了服务器也换了，分别算什么")
    assert "法定代表人变了" in reply.text
    assert "服务器变了" in reply.text
