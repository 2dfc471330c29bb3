"""The place of the server beside the customer's own."""

import pytest

from beian.answers.locality import places_in, server_away
from beian.kb import load_knowledge
from beian.text.regions import regions_in

KB = load_knowledge()


@pytest.mark.parametrize(
    ("text", "own", "server"),
    [
        ("公司注册在大连，服务器放济南行吗", "大连", "济南"),
        ("兰州的公司用西宁的机房行吗", "兰州", "西宁"),
        ("服务器在无锡，公司在常州", "常州", "无锡"),
        ("注册地和服务器都在太原", "太原", "太原"),
        ("那换成泉州的呢", None, "泉州"),
    ],
)
def test_whose_place_it_is(text, own, server):
    found = places_in(text)
    assert (found.own and found.own.name, found.server and found.server.name) == (own, server)


@pytest.mark.parametrize(
    ("text", "begins", "says"),
    [
        ("公司注册在大连，服务器放济南行吗", "不行，不符合", ("大连", "济南", "注册地")),
        ("我们公司在太原，机房也在太原，可以吧", "可以，符合", ("太原",)),
        ("公司注册地是佛山，服务器在东莞，行吗", "文档没有写", ("按省还是按市",)),
        ("公司在常州，服务器用日本的可以吗", "不行，不符合", ("日本", "境外")),
        ("个人备案，我住南昌，服务器选武汉行不行", "不行，不符合", ("个人备案", "南昌", "武汉")),
        ("新服务器放兰州可以吗", "要看", ("兰州",)),
    ],
)
def test_the_verdict_comes_first(answer, text, begins, says):
    reply, _ = answer(text)
    assert reply.text.startswith(begins)
    assert all(word in reply.text for word in says)
    assert reply.facts[0] == KB.rulings.places


def test_places_told_before_are_remembered(answer):
    _, state = answer("公司注册在大连，服务器放济南行吗")
    reply, state = answer("那换到大连的机房呢", after=state)
    assert reply.text.startswith("可以，符合")
    reply, _ = answer("沈阳的呢", after=state)
    assert reply.text.startswith("文档没有写")


def test_no_place_no_verdict(answer):
    reply, _ = answer("对服务器所在地有什么要求")
    assert not reply.text.startswith(("可以", "不行"))


def test_a_municipality_is_its_own_city():
    (region, _, _), *_ = regions_in("服务器在重庆")
    assert region.city == region.province == "重庆"


@pytest.mark.parametrize("text", ["那杭州个人用杭州的行吧", "我说服务器在杭州，不是深圳"])
def test_a_place_told_anew_takes_the_place_of_another(answer, text):
    reply, _ = answer("个人备案，人在杭州，用深圳的服务器行不行", text)
    assert reply.text.startswith("可以，符合")


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("我们在南昌有个分公司，服务器能用南昌的吗", "要看注册地是不是南昌"),
        ("公司注册在大连，济南有个办事处，服务器放济南行吗", "不行，不符合"),
        ("公司注册在本市，服务器放外省可以吗", "不行，不符合"),
        ("我们企业用异地的机房行吗", "异地的服务器和注册地不一致就不符合"),
    ],
)
def test_a_branch_is_not_where_the_firm_is_registered(answer, text, begins):
    reply, _ = answer(text)
    assert reply.text.startswith(begins)


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("服务器在外省，注册地在本县", "外省"),
        ("外地的机房行吗", "外地"),
        ("外地人能当负责人吗", None),
        ("公司搬到外省了，服务器要换吗", None),
    ],
)
def test_whether_the_server_is_elsewhere(text, away):
    assert server_away(text) == away


@pytest.mark.parametrize(
    ("text", "own", "server"),
    [
        ("注册地址由成都迁至西安，服务器仍在成都节点，可以吗", "陕西", "四川"),
        ("公司从苏州搬到了合肥，服务器还在苏州机房", "安徽", "江苏"),
        ("公司在合肥，服务器从苏州迁到合肥", "安徽", "安徽"),
    ],
)
def test_of_a_move_the_place_that_is_left_is_nobodys(text, own, server):
    found = places_in(text)
    assert found.own and found.server
    assert (found.own.province, found.server.province) == (own, server)
