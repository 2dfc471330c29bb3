"""A whole list, after one entry of it or read out."""

import pytest

COMPANY = "materials.subject_info.enterprise"


@pytest.mark.parametrize(
    "text",
    [
        "行吧，那把要带的东西念一遍，公司电话换了",
        "公司邮箱变了，要交哪些你给我念叨念叨",
        "公司法人换了，把材料挨个说一遍",
    ],
)
def test_it_is_read_out(answer, text):
    reply, _ = answer(text)
    assert reply.facts == (COMPANY,)
    assert reply.text.count("\n·") == 4


@pytest.mark.parametrize(
    ("point", "text"),
    [
        ("执照要复印件吗", "还有呢，不止这一样吧"),
        ("执照要盖章吗", "还有别的吧，不可能就一样"),
        ("通知书没有怎么办", "剩下的呢"),
        ("执照要盖章吗", "除了这个还有啥"),
    ],
)
def test_after_one_entry_the_list(answer, point, text):
    reply, _ = answer("换法人要什么材料", point, text)
    assert reply.facts == (COMPANY,)
    assert reply.text.count("\n·") == 4


@pytest.mark.parametrize("text", ["还有呢", "还有什么"])
def test_after_the_list_what_comes_next(answer, text):
    reply, _ = answer("换法人要什么材料", text)
    assert "\n· 工商变更通知书" not in reply.text


def test_a_point_of_another_fact_has_no_list(answer):
    reply, _ = answer("网站能访问吗", "还有呢")
    assert "营业执照" not in reply.text
