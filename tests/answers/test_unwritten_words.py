"""The sentence on a point that is not written, with meanings made by hand."""

import pytest

from beian.answers.unwritten import asked_point, named_point, unwritten, without_number
from tests.dialogue.by_hand import KB, heard

FACT = KB.facts["materials.website_info.responsible_person"]
REVIEW = KB.facts["timeline.review"]
POINT = "照片要不要手持"


def said_of(text, short=None, **meaning):
    return unwritten([FACT], heard(text, FACT.id, **meaning), KB, short)


def test_the_point_is_named_with_what_is_written():
    said = said_of(POINT, alone=0.1)
    assert POINT in said and "没有写" in said
    assert "短" in said_of(POINT, short="短", alone=0.01)


def test_what_is_told_is_not_called_a_question():
    assert said_of("照片是手持的", manner="tell") == KB.phrase(
        "unwritten", "told", said=said_of("照片是手持的", manner="tell").partition("：\n")[2]
    )


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("换负责人要什么材料", {"alone": 0.9}),
        (FACT.question, {"alone": 0.0}),
        ("第二条呢", {"alone": 0.0}),
        ("再说一遍", {"manner": "again", "alone": 0.0}),
    ],
    ids=["in full", "a button", "a number", "another manner"],
)
def test_who_asks_for_all_of_it_is_not_told_so(text, meaning):
    assert said_of(text, **meaning) is None


@pytest.mark.parametrize("manner", ["what_if", "item", "tell"])
def test_one_point_or_a_case_supposed_is_not_all_of_it_however_near_the_words(manner):
    assert said_of(POINT, manner=manner, alone=0.9)


def test_after_a_day_was_worked_out_a_question_that_may_be_about_it_is():
    assert said_of(POINT, short="短", alone=0.1) is None
    assert said_of("十二月一号呢", short="短", manner="tell", alone=0.0) is None


@pytest.mark.parametrize(
    ("text", "written", "point"),
    [
        ("那要不要手持?", "", "要不要手持"),
        ("icp许可证要不要", "ICP许可证要不要", "ICP许可证要不要"),
        ("我问的是icp许可证要不要", "ICP许可证要不要呀呀", "icp许可证要不要"),
        ("要", "", None),
        ("章" * 21, "", None),
    ],
    ids=["words before it", "as typed", "typed otherwise", "too short", "too long"],
)
def test_the_name_of_a_point(text, written, point):
    assert named_point(heard(text, written=written)) == point


def test_a_point_is_asked_for_by_one_question_alone():
    assert asked_point(heard("要不要手持"), KB) == "要不要手持"
    assert asked_point(heard("手持照片"), KB) is None
    assert asked_point(heard("要不要手持", manner="tell"), KB) is None


def test_a_number_that_is_not_written():
    assert "照片要几张" in without_number([FACT], heard("照片要几张?", FACT.id), KB)
    assert without_number([REVIEW], heard("审核要几天", REVIEW.id), KB) is None
    assert without_number([FACT], heard("要什么照片?", FACT.id), KB) is None
    assert without_number([FACT], heard("照片要几张?", FACT.id, manner="tell"), KB) is None
