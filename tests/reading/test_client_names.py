"""Clients by their names: who a change is told of, and who is meant later."""

from dataclasses import replace

import pytest

from beian.hearing.roster import roster
from beian.kb import load_knowledge
from beian.reading.client_names import clients_meant

KB = load_knowledge()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("老周那家换服务器，老郑那家换法人，备案怎么办", ["老周", "老郑"]),
        ("小何的站换负责人，阿May的公司改名，要交啥", ["小何", "阿may"]),
        ("甲公司换了法人，乙公司换了服务器IP，要什么材料", ["甲", "乙"]),
        ("第一家改网站名称，第二家换网站负责人，备案怎么弄", ["第一", "第二"]),
        ("两个单子：桂花家换IP、茉莉家换站名，要交什么", ["桂花", "茉莉"]),
    ],
)
def test_each_change_is_told_of_its_client(hear, text, names):
    assert [one.matter.client for one in roster(hear(text).said, KB)] == names


@pytest.mark.parametrize(
    "text",
    [
        "我们公司改名了，法人也换了，要什么材料",
        "上个月换了法人，这个月换了服务器，要什么材料",
        "先换法人，再换服务器，怎么交",
        "法人和网站负责人都换了，要交什么",
    ],
)
def test_changes_of_one_customer_have_no_clients(hear, text):
    assert roster(hear(text).said, KB) == ()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("乙最晚哪天交", ["乙"]),
        ("乙方要签字吗", []),
        ("app要备案吗", []),
        ("a的材料呢", ["a"]),
        ("我妈的呢", ["我妈"]),
        ("老郑和老周一样吗", ["老郑", "老周"]),
    ],
)
def test_a_name_stands_by_itself(text, meant):
    assert clients_meant(text, ["甲", "乙", "a", "我妈", "老郑", "老周", "老周家妈"]) == meant


def test_what_is_asked_of_one_is_answered_for_it_with_its_day(answer):
    told = ("老周那家换服务器，老郑那家换法人，两家备案都归我办", "老郑那家11月9号换的，最晚几号")
    reply, state = answer(*told)
    assert (state.focus.item, state.focus.changed) == ("legal_representative", "2026-11-09")
    reply, state = answer("老周那家要交什么材料", after=state)
    assert reply.facts[0] == "materials.website_info.server"
    reply, state = answer("老郑那家呢", after=state)
    assert reply.facts[0] == "materials.subject_info.enterprise"
    _, state = answer("老郑那家还剩几天", after=state)
    assert (state.focus.item, state.focus.changed) == ("legal_representative", "2026-11-09")
    assert [matter.client for matter in state.matters] == ["老周", "老郑"]


def test_another_change_of_a_client_keeps_its_name(answer):
    _, state = answer("甲客户换服务器，乙客户换法人，要交什么", "甲不换服务器了，改换网站负责人")
    assert [(matter.client, matter.item) for matter in state.matters] == [
        ("甲", "responsible_person"),
        ("乙", "legal_representative"),
    ]


def test_a_place_and_the_other_one(answer):
    _, state = answer("老周那家换服务器，老郑那家换法人，要交什么材料", "第二家要交什么")
    assert state.focus.client == "老郑"
    assert answer("另一家呢", after=state)[1].focus.client == "老周"


def test_a_point_of_one_is_all_of_the_other(answer, hear):
    text = "第一家改网站名称，第二家换网站负责人，备案怎么弄"
    _, state = answer(text, "第二家网站会停吗")
    reply, _ = answer("第一家的也会吗", after=state)
    assert reply.facts[0] == "access.overview"
    assert replace(hear(text).said).clients == {}
