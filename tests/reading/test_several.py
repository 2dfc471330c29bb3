"""Several questions of one message."""

import pytest


@pytest.mark.parametrize("text", ["工商局变更法人要哪些材料，去哪个窗口", "车管所过户要什么证件，几天办好"])
def test_the_questions_of_another_subject_are_about_that(answer, text):
    reply, _ = answer(text)
    assert reply.status == "out_of_scope"


def test_questions_of_ours_beside_other_words_are_answered(answer):
    reply, _ = answer("昨天去爬山累死了，问下换负责人要啥，几天能好")
    assert reply.status == "answered"
