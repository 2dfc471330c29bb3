"""Several entries pointed at by their numbers."""

import pytest

NOTICE = "驳回原因：1、身份证号填写错误；2、网站名称含有“中国”字样；3、天气不好"
COMPANY = "materials.subject_info.enterprise"


@pytest.mark.parametrize(
    ("text", "numbers"), [("一三两条怎么弄", (1, 3)), ("后两条呢", (2, 3)), ("第1、2条怎么处理", (1, 2))]
)
def test_lines_of_a_notice_keep_their_numbers(answer, text, numbers):
    reply, state = answer(NOTICE, text)
    assert [line.partition(".")[0] for line in reply.text.splitlines()] == [str(number) for number in numbers]
    assert len(state.notice) == len(state.entries) == 3


def test_then_another_line(answer):
    reply, _ = answer(NOTICE, "后两条呢", "头一条怎么改")
    assert reply.facts[0] == "rejection.info_mismatch"


def test_entries_of_a_list_with_what_is_asked_of_each(answer, kb):
    reply, _ = answer("公司换法人要交什么材料", "第一样和第三样要盖章吗")
    first, third = reply.text.splitlines()
    assert kb.phrase("papers", "seal_official") in first
    assert kb.phrase("papers", "missing_seal") in third


def test_several_answers(answer):
    reply, _ = answer("变更有哪几种类型", "第一种和最后一种分别是啥")
    assert reply.facts == ("type.subject_info", "type.subject_transfer")


def test_a_statement_points_at_nothing(answer):
    reply, _ = answer("公司换法人要交什么材料", "前两样我都有了")
    assert "第 1 项" not in reply.text
