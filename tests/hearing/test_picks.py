"""How one of several titles is picked."""

import pytest

from beian.hearing.picks import number_picked, part_of_title, shared


@pytest.mark.parametrize("text", ["那我看看2", "选2", "第二个吧", "就2吧谢谢", "2,快", "嗯我想了解2", "二"])
def test_a_number_and_nothing_besides(text):
    assert number_picked(text, 3) == 2


@pytest.mark.parametrize(
    "text", ["3个工作日能审完吗", "2号交的", "第二步是什么", "2个", "第四个", "换2台服务器"]
)
def test_a_number_of_something_else(text):
    assert number_picked(text, 3) is None


def test_the_middle_of_an_odd_number():
    assert number_picked("中间那个", 3) == 2
    assert number_picked("中间那个", 2) is None


@pytest.mark.parametrize("text", ["我选的是外包那个", "我问的是外包那一条", "外包，答案！"])
def test_what_is_left_without_the_words_that_pick(text):
    part = part_of_title(text)
    assert part is not None and part.words == "外包" and part.surely


def test_two_clauses_are_no_part_of_a_title():
    assert part_of_title("外包可以，材料有哪些") is None


def test_what_stands_in_a_title():
    assert shared("外包人员", "外包、亲属能当负责人吗") == (0.5, "人员")
    assert shared("要多久", "接入备案要多久") == (1.0, "")
