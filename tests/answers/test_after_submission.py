"""What is to be done once the papers are handed in."""

import pytest

REVIEW, CHECK = "procedure.review", "procedure.after_approval"
PAUSES = "access.subject_or_responsible_change"


@pytest.mark.parametrize("text", ["交完要盯什么", "提交以后我该留意啥", "都递上去了，还要做什么"])
def test_after_the_papers_comes_the_review(answer, text):
    reply, _ = answer("公司换法人要哪些材料", text)
    assert reply.facts[0] == REVIEW
    assert "materials.subject_info.enterprise" not in reply.facts


@pytest.mark.parametrize("text", ["批下来之前我得做什么", "审核期间要注意什么"])
def test_while_it_is_reviewed_what_is_particular_to_the_case(answer, text):
    reply, _ = answer("换网站负责人要啥材料", text)
    assert reply.facts[0] == REVIEW and CHECK not in reply.facts
    assert PAUSES in reply.facts


def test_the_list_that_is_asked_for_is_told(answer):
    reply, _ = answer("公司换法人，提交要准备什么材料")
    assert reply.facts[0] == "materials.subject_info.enterprise"
