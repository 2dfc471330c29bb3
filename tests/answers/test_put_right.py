"""Who puts the case right has the question in hand answered for it."""

import pytest


@pytest.mark.parametrize(
    ("asked", "text", "fact"),
    [
        ("换服务器网站会断吗", "我没换服务器，改的是网站名称", "access.overview"),
        ("换法人网站会停吗", "不是换法人，我换的是服务器IP", "access.server_change"),
    ],
)
def test_the_question_in_hand_is_answered(answer, asked, text, fact):
    reply, _ = answer(asked, text)
    assert reply.facts == (fact,)


def test_a_comparison_is_taken_back(answer):
    """What was named only to compare with is no change."""
    reply, _ = answer(
        "网站名字11月8号交的，审核多久",
        "变更期间网站会不会断",
        "我寻思换了手机号的，会不会因为这个掐断",
        "我没换手机号，我是打个比方，我这次改的是网站名字",
    )
    assert reply.facts == ("access.overview",)


@pytest.mark.parametrize("text", ["那负责人换了属于哪种", "负责人换了，要报吗"])
def test_who_asks_for_the_type_is_told_it(answer, text):
    reply, _ = answer("换服务器网站会断吗", text)
    assert reply.facts[0] == "type.website_info"
