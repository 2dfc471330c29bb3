"""The customer's case in words and as data."""

from dataclasses import replace

from beian.answers.case import case_parts, case_text, client_name, in_hand, matter_name
from beian.meaning.state import Discourse, Matter

LEGAL = Matter("subject_info", "legal_representative", "enterprise", changed="2026-10-08")


def test_the_case_in_words(kb):
    assert case_text(Discourse(focus=LEGAL), kb) == "企业 · 主体信息变更 · 法定代表人 · 2026-10-08 变化"
    assert case_text(Discourse(), kb) == ""


def test_days_only_roughly_known_are_written_as_such(kb):
    state = Discourse(focus=Matter(submitted="2026-10-01/2026-10-10", rejected="2026-11-02"))
    assert case_text(state, kb) == "2026-10-01 ~ 2026-10-10 提交 · 2026-11-02 被驳回"


def test_several_changes_stand_one_after_the_other(kb):
    name = Matter("website_info", "site_name", "enterprise")
    state = Discourse(focus=name, matters=(LEGAL, name), reason="naming")
    assert case_text(state, kb) == (
        "企业 · 主体信息变更 · 法定代表人 · 2026-10-08 变化；企业 · 网站信息变更 · 网站名称；网站命名不规范"
    )


def test_every_value_has_a_name_for_people(kb):
    for term in kb.terms:
        if term.group in ("change_type", "item", "subject_kind"):
            assert case_text(Discourse(focus=Matter(**{term.group: term.id})), kb) == term.name
        elif term.group == "rejection_reason":
            assert case_text(Discourse(reason=term.id), kb) == term.name


def test_the_parts_by_the_names_of_the_slots():
    state = Discourse(focus=Matter("website_info", "server", rejected="2026-11-02"), reason="naming")
    assert case_parts(state) == {
        "change_type": "website_info",
        "item": "server",
        "rejected_on": "2026-11-02",
        "rejection_reason": "naming",
    }
    assert case_parts(Discourse()) == {}


def test_the_case_of_a_conversation(answer, kb):
    _, state = answer("公司换法人要什么材料", "法人是10月8号换的")
    assert case_text(state, kb) == "企业 · 主体信息变更 · 法定代表人 · 2026-10-08 变化"


def test_a_change_of_a_client_has_its_name(kb):
    legal = replace(LEGAL, client="乙")
    assert matter_name(legal, kb) == "乙家（法定代表人）"
    assert [client_name(replace(LEGAL, client=name), kb) for name in ("a", "老王", "第二")] == [
        "A家",
        "老王",
        "第二家",
    ]
    assert matter_name(Matter(client="改名"), kb) == "改名"


def test_what_is_put_right_of_one_client_names_no_other(kb):
    one, two = replace(LEGAL, client="甲"), Matter("cancel_website", client="乙")
    state = Discourse(focus=two, matters=(one, two))
    assert case_text(in_hand(state), kb) == "乙家 · 注销网站"
    assert "甲家" in case_text(state, kb)
