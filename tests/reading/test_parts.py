"""The questions within one message: what is only told is none."""

import pytest


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("变更被打回。身份证照片要多大像素才行", "material_format"),
        ("公司改名了。办这个变更管局收多少钱", "fees"),
        ("法人换成我哥了。变更批下来备案号会不会变", "filing_number_change"),
    ],
)
def test_what_is_told_before_a_question_asks_nothing(answer, text, theme):
    reply, _ = answer(text)
    assert reply.status == "uncovered"
    assert reply.extra.get("theme") == theme


@pytest.mark.parametrize(
    ("text", "fact", "theme"),
    [
        ("公司换法人要准备什么材料？另外办备案变更收费吗？", "materials.subject_info.enterprise", "fees"),
        ("变更审核要几天？批下来备案号会变吗？", "timeline.review", "filing_number_change"),
    ],
)
def test_a_question_beside_an_open_point_is_answered(answer, text, fact, theme):
    reply, _ = answer(text)
    assert fact in reply.facts
    assert reply.extra.get("theme") == theme
