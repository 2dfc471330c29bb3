import pytest

from beian.dialogue.case import Case, adopt_fact, update_case, with_change_type
from beian.dialogue.mentions import Mentions


@pytest.fixture
def mentions(turn):
    def of(text):
        understood = turn(text)
        return Mentions.of(understood.entities, understood.text)

    return of


def test_what_a_message_names(mentions):
    found = mentions("我们公司换老板和公司地址")
    assert found.items == ("legal_representative", "registered_address")
    assert found.subject_kinds == ("enterprise",)
    assert found.any
    assert not mentions("要多久").any


def test_what_is_denied_is_kept_apart(mentions):
    found = mentions("不是换服务器，是换负责人")
    assert found.items == ("responsible_person",)
    assert found.denied_items == ("server",)


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        (Case(), "换老板", Case("subject_info", "legal_representative", "enterprise")),
        (Case(), "换手机号", Case("subject_info", "contact")),
        (Case(subject_kind="individual"), "换手机号", Case("subject_info", "contact", "individual")),
        (Case(), "换服务器", Case("website_info", "server")),
        (Case(), "主体过户", Case("subject_transfer")),
        (Case(), "我是个人备案", Case(subject_kind="individual")),
        (Case("website_info", "server"), "个人的", Case("website_info", "server", "individual")),
        (
            Case("subject_info", "contact", "individual"),
            "换服务器",
            Case("website_info", "server", "individual"),
        ),
        (Case("website_info", "server"), "不是服务器", Case("website_info")),
        (Case(), "换老板和服务器", Case()),
        (Case(), "说域名持有者不一致", Case(rejection_reason="domain_mismatch")),
        (Case("website_info", "server"), "要多久", Case("website_info", "server")),
    ],
)
def test_the_case_after_a_message(kb, mentions, before, text, after):
    assert update_case(before, mentions(text), kb) == after


def test_another_change_drops_all_but_the_subject_kind():
    case = Case("website_info", "server", "enterprise", "naming", "2026-10-08")
    assert with_change_type(case, "website_info") is case
    assert with_change_type(case, "subject_info") == Case("subject_info", subject_kind="enterprise")
    known = Case(subject_kind="enterprise", changed_on="2026-10-08")
    assert with_change_type(known, "subject_info").changed_on == "2026-10-08"


def test_an_answer_tells_what_it_is_for():
    when = {"change_type": "website_info", "item": "server"}
    assert adopt_fact(Case(), when) == Case("website_info", "server")
    assert adopt_fact(Case("subject_info", "contact", "individual"), when) == Case(
        "website_info", "server", "individual"
    )
    assert adopt_fact(Case(rejection_reason="naming"), {"rejection_reason": "info_mismatch"}) == Case(
        rejection_reason="info_mismatch"
    )


def test_slots_hold_the_case():
    case = Case("website_info", "server", changed_on="2026-10-08")
    assert Case.from_slots(case.as_slots()) == case
    assert Case.from_slots({"other": 1}) == Case()
    assert case.as_dict() == {
        "change_type": "website_info",
        "item": "server",
        "changed_on": "2026-10-08",
    }


def test_the_case_in_words(kb):
    case = Case("subject_info", "legal_representative", "enterprise", changed_on="2026-10-08")
    text = case.text(kb)
    assert text.startswith("企业 · 主体信息变更 · 法定代表人 · ")
    assert "2026-10-08" in text
    assert Case().text(kb) == ""
    assert str(case.day("changed_on")) == "2026-10-08"
    assert case.day("rejected_on") is None
