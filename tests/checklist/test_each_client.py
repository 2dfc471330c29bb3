"""A line for each client that a message tells of, or asks after."""

import pytest

THREE = "甲家换了服务器，乙家换了法人，丙家要关站"


def lines(reply):
    return {line.split("：")[0]: line for line in reply.text.splitlines()}


@pytest.mark.parametrize("asked", ["", "，分别怎么办", "，各要啥", "，我先忙哪个", "，一家一句说说"])
def test_each_has_its_own_line(answer, asked):
    reply, state = answer(f"{THREE}{asked}")
    own = lines(reply)
    assert "新的服务器购买凭证" in own["甲家"] and "解析" in own["甲家"]
    assert "新的营业执照复印件" in own["乙家"]
    assert "注销网站" in own["丙家"] and "文档没有列" in own["丙家"]
    assert [matter.client for matter in state.matters] == ["甲", "乙", "丙"]


def test_a_name_is_checked(answer):
    reply, _ = answer("A家换法人,B家网站名改成“政府采购网”。分别怎么办")
    assert "不能用" in lines(reply)["B家"]
    reply, _ = answer("A家换法人,B家只换服务器,C家网站名字要加“中国”两个字。分别怎么办,给我三行")
    assert "特殊审批除外" in lines(reply)["C家"]


def test_a_client_that_is_not_understood_is_asked_for(answer):
    reply, _ = answer("客户甲换法人、客户乙换服务器、客户丙那头有点事，要哪些材料")
    assert "没看明白" in lines(reply)["丙家"]


def test_the_last_day_where_the_day_is_told(answer):
    reply, _ = answer("甲家11月3号换了法人，乙家11月6号换了服务器，分别怎么办")
    assert "2026年12月3日" in lines(reply)["甲家"]
    assert "2026年12月6日" in lines(reply)["乙家"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("丙家呢？你把丙家给忘了", ["丙家"]),
        ("丙呢", ["丙家"]),
        ("甲家和乙家呢", ["甲家", "乙家"]),
        ("乙家的没答我", ["乙家"]),
    ],
)
def test_one_left_out_has_its_answer(answer, text, named):
    reply, _ = answer(f"{THREE}，分别怎么办", text)
    assert list(lines(reply)) == named
    assert reply.status == "answered"


def test_what_was_in_question_is_asked_of_the_other(answer):
    reply, _ = answer(f"{THREE}，分别怎么办", "甲家11月3号换的，最晚哪天", "乙家呢")
    assert reply.facts[0] == "timeline.submit_deadline"


@pytest.mark.parametrize(
    "text", ["甲家换服务器，乙家换法人，最晚什么时候交", "甲家换服务器，乙家换法人，审核要多久"]
)
def test_what_asks_for_something_in_particular_has_its_own_answer(answer, text):
    reply, _ = answer(text)
    assert "要交：" not in reply.text
