"""The last day in words: what is over is not to be done by the earlier one; a next change has its own."""

from datetime import date

import pytest

TODAY = date(2026, 11, 29)  # a Sunday


@pytest.mark.parametrize("text", ["我上个月二十几号搬的店，最晚哪天交", "9月底改的公司名，还来得及吗"])
def test_of_days_that_are_all_over_none_is_to_be_kept(answer, text):
    reply, _ = answer(text, today=TODAY)
    assert "都已经过了" in reply.text
    assert "较早的" not in reply.text


def test_of_days_to_come_the_earlier_one_is(answer):
    reply, _ = answer("11月上旬换的法人，最晚哪天交", today=TODAY)
    assert "请按较早的办" in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "好,先报地址。电话后来变了再算一个30天是吧",
        "以后电话再变，是不是另算30天",
        "下回再换服务器，又是30天吗",
    ],
)
def test_a_next_change_has_days_of_its_own(answer, kb, text):
    reply, _ = answer("注册地址11月2号变的，最晚哪天交", text, today=TODAY)
    assert reply.text == kb.phrase("rulings", "deadline.each_change")


def test_what_can_be_done_after_the_last_day_is_no_question_whether_it_is_over(answer):
    reply, _ = answer("法人11月20号换的，最晚哪天交", "逾越该日,有无补救?", today=TODAY)
    assert "补救办法文档没有写" in reply.text
