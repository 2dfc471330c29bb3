"""The next thing to be done, in one line."""

import pytest

WANTS = "你刚才那么长我看不过来，一句话告诉我现在干啥"


@pytest.mark.parametrize("text", [WANTS, "就一句话，我下一步做什么", "太长了，就说我现在该干什么"])
def test_what_to_hand_in(answer, text):
    reply, _ = answer("换服务器要什么材料", text)
    assert len(reply.text.splitlines()) == 1
    assert "购买凭证" in reply.text and "提交网站信息变更申请" in reply.text


def test_a_last_day_that_is_over_is_told_so(answer):
    reply, _ = answer("法人9月1号换的", "换法人要什么材料", WANTS)
    assert reply.text.endswith("期限已经过了，请尽快交。")


@pytest.mark.parametrize(
    ("before", "said"),
    [("被驳回了材料不齐", "缺什么补什么"), ("材料交上去了，审核多久", "等管局审核结果就行")],
)
def test_how_far_the_customer_is(answer, before, said):
    reply, _ = answer(before, WANTS)
    assert reply.text.startswith(said)


@pytest.mark.parametrize("text", ["现在交还来得及吗", "现在改还来得及吗，直接说", "说简单点"])
def test_another_question_about_now(answer, text):
    reply, _ = answer("换法人要什么材料", text)
    assert "提交主体信息变更申请" not in reply.text
