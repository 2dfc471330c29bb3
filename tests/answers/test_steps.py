"""The steps still to come."""

import pytest

OVERVIEW = "procedure.overview"


@pytest.mark.parametrize(
    ("texts", "fact", "words"),
    [
        (("流程怎么走", "第三步之后呢"), "procedure.review", "第 4 步"),
        (("流程怎么走", "第三步之后呢", "再往后呢"), "procedure.after_approval", "第 5 步"),
        (("一共几步", "第四步做完了接着干嘛"), "procedure.after_approval", "第 5 步"),
        (("传完材料以后还有几步",), OVERVIEW, "还有 2 步"),
        (("我到第四步了，后面还有几步",), OVERVIEW, "还有 1 步"),
        (("流程怎么走", "第五步之后还有啥"), OVERVIEW, "最后一步"),
    ],
)
def test_what_comes_after(answer, texts, fact, words):
    reply, state = answer(*texts)
    assert words in reply.text
    assert (reply.facts, state.stated) == ((fact,), (fact,))


def test_of_how_many_steps_only_their_names_are_told(answer, kb):
    reply, _ = answer("备案变更一共几步")
    assert reply.text.startswith("5 步：登录备案系统、准备变更材料、")
    assert all(item.partition("：")[0] in reply.text for item in kb.facts[OVERVIEW].items)


def test_where_no_step_is_known_nothing_is_made_up(answer):
    reply, _ = answer("换服务器要什么材料", "还有几步")
    assert "还有 " not in reply.text


@pytest.mark.parametrize("text", ["第一步我会了，第二步呢", "第一步弄好了，下一步呢", "第一步知道了，接下来"])
def test_what_comes_after_a_step_that_is_done(answer, text):
    reply, _ = answer("换服务器要什么材料", text)
    assert reply.facts == ("procedure.prepare",) and reply.text.startswith("接下来是第 2 步")
