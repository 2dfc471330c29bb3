"""What is named in passing changes neither what changed nor its days."""

import pytest

DAY = "2026-10-20"


@pytest.mark.parametrize(
    "beside",
    [
        "新法人的身份证只有复印件了",
        "邮箱用QQ的可以吧",
        "负责人身份证反面看不清可以吗",
        "手机打不通是要换号吗",
        "网站负责人要到场吗",
    ],
)
def test_the_case_is_kept(answer, beside):
    reply, state = answer("公司法人10月20号换的，最晚哪天交", beside, "最晚哪天来着")
    assert (state.focus.item, state.focus.changed) == ("legal_representative", DAY)
    assert "2026年11月19日" in reply.text


def test_the_day_of_a_rejection_is_kept(answer):
    reply, state = answer("10月20号收到驳回，说资料不齐", "是不是身份证拍糊了", "还有几天")
    assert state.focus.rejected == DAY
    assert "2026年11月19日" in reply.text


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("服务器也换了，要交什么", "server"),
        ("那服务器呢", "server"),
        ("网站负责人变更要什么材料", "responsible_person"),
    ],
)
def test_a_change_that_is_told_or_asked_for_is_one(answer, text, item):
    _, state = answer("公司法人换了，要什么材料", text)
    assert state.focus.item == item
