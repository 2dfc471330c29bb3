"""All that is to be done in a case, in a few lines."""

from datetime import date

import pytest

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    "text", ["总结一下我该办啥", "归纳一下都要做什么", "帮我总结下", "那我总共要做哪些事"]
)
def test_type_materials_day_and_place(answer, text):
    reply, state = answer("公司11月10号改名了，要什么材料", text, today=TODAY)
    lines = reply.text.splitlines()
    assert 3 <= len(lines) <= 5
    assert "主体信息变更" in lines[0] and "营业执照" in lines[1]
    assert "2026年12月10日" in reply.text
    assert {"materials.subject_info.enterprise", "procedure.login"} <= set(reply.facts)
    assert state.stated == reply.facts


def test_what_the_document_has_no_list_for_is_said(answer):
    reply, _ = answer("网站不做了要注销吗", "总结一下我要干啥")
    assert "文档没有列" in reply.text and reply.facts[0] == "type.cancel_website"


def test_after_a_rejection_what_to_mend(answer):
    reply, _ = answer("被驳回了，信息填错", "昨天收到的", "总结一下我接下来怎么做", today=TODAY)
    assert reply.facts[:2] == ("rejection.info_mismatch", "timeline.resubmit_deadline")
    assert "2026年12月27日" in reply.text


@pytest.mark.parametrize("text", ["总结一下审核时间", "归纳一下驳回的原因有哪几种"])
def test_a_part_is_not_all(answer, text):
    reply, _ = answer("公司改名要什么材料", text)
    assert "procedure.login" not in reply.facts


def test_without_a_case_there_is_nothing_to_sum_up(answer):
    reply, _ = answer("总结一下我该办啥")
    assert "procedure.login" not in reply.facts or reply.status != "answered"


@pytest.mark.parametrize(
    "text", ["帮我归纳成三四句话，要发给领导", "写段简短的总结我转给同事", "给老板汇总一下", "整理成几句话"]
)
def test_what_is_to_be_passed_on_is_all_of_it(answer, text):
    reply, _ = answer("公司11月10号改名了，要什么材料", text, today=TODAY)
    assert "procedure.login" in reply.facts and "2026年12月10日" in reply.text
