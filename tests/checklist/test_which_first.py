"""Which of several is to be done first."""

import pytest

TOLD = ("甲家换服务器，乙家换法人，丙家要关站", "乙家是11月2号换的", "甲家是上个月中旬换的")


@pytest.mark.parametrize("text", ["三家最急的是哪家", "先办哪家", "哪家更着急"])
def test_by_the_days_that_are_known(answer, text):
    reply, _ = answer(*TOLD, text)
    title, first, second, third = reply.text.splitlines()[:4]
    assert "甲家（服务器）" in title
    assert first.startswith("· 甲家") and second.startswith("· 乙家")
    assert third.startswith("· 丙家") and "期限文档没有列" in third


def test_which_are_not_known_is_said(answer):
    reply, _ = answer(*TOLD[:2], "三家加起来我该先办哪家")
    assert "知道日子的几件里，先办乙家" in reply.text
    assert "甲家（服务器）：还不知道变化的日子" in reply.text


def test_without_days_it_asks_for_them(answer):
    reply, _ = answer(TOLD[0], "哪家急")
    assert "文档没有写" in reply.text and "哪天变的" in reply.text


def test_a_day_told_with_it_counts(answer):
    reply, state = answer(TOLD[0], "先办哪家，乙家是11月2号换的")
    assert "先办乙家" in reply.text
    assert state.matters[1].changed == "2026-11-02"


def test_also_of_several_changes_of_one_customer(answer):
    reply, _ = answer("法人11月2号换的，服务器11月8号换的", "哪个先到期")
    assert "先办法定代表人" in reply.text


@pytest.mark.parametrize("text", ["哪家审得快", "先交哪些材料"])
def test_other_firsts_are_other_questions(answer, text):
    reply, _ = answer(*TOLD, text)
    assert "先办" not in reply.text
