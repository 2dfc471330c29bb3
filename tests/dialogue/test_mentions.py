"""What a message names of a case, and what only sounds like it."""

import pytest

from beian.dialogue.mentions import Mentions


@pytest.fixture
def mentions(turn):
    def of(text):
        understood = turn(text)
        return Mentions.of(understood.entities, understood.text)

    return of


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("我的身份证号是11010519491231002X，主体过户要哪些材料", ()),
        ("我的身份证号是〔身份证号〕，主体过户要哪些材料", ()),
        ("用别人的身份证当负责人行不行", ("responsible_person",)),
        ("提交的时候要填手机号吗", ()),
        ("身份证到期换新了", ("id_card",)),
        ("换了手机号要改备案吗", ("contact",)),
        ("那身份证呢", ("id_card",)),
        ("公司刚改完名字", ("company_name",)),
        ("网站换了个新名字", ("site_name",)),
        ("公司网站改完名字", ()),
        ("改完名字了", ()),
        ("网站在公司名下，换服务器", ("server",)),
        ("法人改完名字了公司要变更吗", ("legal_representative",)),
    ],
)
def test_items(mentions, text, items):
    assert mentions(text).items == items


def test_terms_said_of_a_domain(mentions):
    assert mentions("怎么过户域名").change_types == ()
    assert mentions("域名过户要多久").change_types == ()
    assert mentions("备案过户要多久").change_types == ("subject_transfer",)
    assert mentions("提示域名所有者和主体名称不一致").rejection_reasons == ("domain_mismatch",)
    assert mentions("提示执照名称不一致").rejection_reasons == ("info_mismatch",)


def test_reasons_of_a_notice_beside_those_named(mentions):
    found = mentions("被驳回：执照没传，网站名称含中国字样")
    assert found.rejection_reasons == ("materials_incomplete", "naming")


@pytest.mark.parametrize(
    ("text", "corrects"), [("不对，是换IP", True), ("说错了，是个人", True), ("换IP", False)]
)
def test_corrections(mentions, text, corrects):
    assert mentions(text).corrects is corrects
