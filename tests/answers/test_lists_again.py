"""The lists that were told, one for each client."""

import pytest

BOTH = {"materials.website_info.name", "materials.website_info.server"}
ASKED = "甲公司改网站名，乙公司换服务器，都要什么材料"


@pytest.mark.parametrize(
    "text", ["两家的清单分别写给我", "材料单子每家一份列出来", "两个客户的材料各自列一下，我转过去"]
)
def test_each_gets_its_list(answer, text):
    reply, _ = answer(ASKED, text)
    assert set(reply.facts) == BOTH
    assert "没有写" not in reply.text


def test_a_question_on_the_papers_is_none(answer):
    reply, _ = answer("主体过户要哪些材料", "材料是两家都给吗")
    assert reply.facts[0] == "materials.subject_transfer" and "·" not in reply.text
