"""Nothing is said twice in a row, lists included."""

import pytest

from beian.meaning.state import Discourse

LIST = "换网站负责人要哪些材料"


@pytest.mark.parametrize("then", ["我们是公司备的案", "就换这一个人，别的没动", "那外地的人也行吧"])
def test_a_list_is_not_said_again_to_who_did_not_ask_for_it(answer, then):
    first, _ = answer(LIST)
    second, _ = answer(LIST, then)
    assert first.text not in second.text


def test_who_asks_for_it_again_gets_it_again(answer):
    first, _ = answer(LIST)
    second, _ = answer(LIST, LIST)
    assert second.text == first.text


def test_what_is_summed_up_is_the_point_that_was_said(answer, kb):
    point, state = answer(LIST, "承诺书要盖章吗")
    assert state.point == point.text
    summed, _ = answer("所以就是不用盖章？", after=state)
    assert point.text in summed.text
    assert answer("审核要多久", after=state)[1].point == ""
    assert Discourse.from_slot(state.as_slot()) == state
