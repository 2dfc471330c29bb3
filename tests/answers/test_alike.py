"""Whether the list that was told is the same for another change."""

import pytest

COMPANY, SERVER = "materials.subject_info.enterprise", "materials.website_info.server"


@pytest.mark.parametrize("text", ["换邮箱那件也是这些吗", "搬家的那个也要这几样吗", "注册地址改了也一样吗"])
def test_the_same_list(answer, text):
    reply, _ = answer("公司换法人要什么材料", text)
    assert reply.text.startswith("一样")
    assert reply.facts == (COMPANY,)
    assert "\n" not in reply.text


def test_another_list(answer):
    reply, _ = answer("公司换法人要什么材料", "换服务器那件也是这些吗")
    assert reply.text.startswith("不一样")
    assert "购买凭证" in reply.text


@pytest.mark.parametrize("text", ["换邮箱要什么材料", "执照要盖章吗"])
def test_other_questions_compare_nothing(answer, text):
    reply, _ = answer("公司换法人要什么材料", text)
    assert not reply.text.startswith(("一样", "不一样"))
