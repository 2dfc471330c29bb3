"""What is taken up again."""

import pytest

COMPANY, PERSON = "materials.subject_info.enterprise", "materials.website_info.responsible_person"


@pytest.mark.parametrize("text", ["护照的事你还没回我", "护照呢，你没答", "护照那个问题您还没答复我"])
def test_a_point_that_was_not_met_is_named(answer, text):
    reply, state = answer("换法人要啥材料，外国护照可以吗", "最晚几天内要交", text)
    assert "护照" in reply.text.splitlines()[0]
    assert COMPANY in reply.facts
    assert state.stated == (COMPANY,)


def test_a_paper_of_the_list_is_told_by_its_line(answer):
    reply, _ = answer("网站负责人换人要啥", "多久审完", "承诺书的事你还没说呢")
    assert "《网站负责人承诺书》" in reply.text
    assert PERSON in reply.facts


@pytest.mark.parametrize("text", ["管局一直没回我", "他们没答复", "我没说过户"])
def test_what_others_have_not_answered_is_no_complaint(answer, text):
    reply, _ = answer("换法人要啥材料", text)
    assert "这一点，流程文档没有写" not in reply.text or "“管局" not in reply.text


@pytest.mark.parametrize("text", ["帮我总结下", "汇总下我要做啥"])
def test_all_in_short_keeps_the_day(answer, text):
    reply, state = answer("网站负责人11月3号换成小刘了", "座机没有可不可以不填", text)
    assert "2026年12月3日" in reply.text
    assert PERSON in reply.facts
    assert state.focus.changed == "2026-11-03"
