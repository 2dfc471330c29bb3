"""What a customer says to have asked instead of what was told is what is answered."""

import pytest

LISTS = "materials."


@pytest.mark.parametrize(
    ("told", "text", "not_again", "aspect"),
    [
        ("换服务器要交什么", "我问的是网站断不断，没问交啥", "materials.website_info.server", "access."),
        ("公司换法人要多久审完", "我说的是站点停不停", "timeline.review", "access."),
        (
            "备案被打回说材料不全怎么办",
            "我问的是几天之内得重新报",
            "rejection.materials_incomplete",
            "timeline.",
        ),
        (
            "换网站负责人要哪些材料",
            "我是想问去哪里提交",
            "materials.website_info.responsible_person",
            "procedure.",
        ),
    ],
)
def test_what_was_told_is_not_told_again(answer, told, text, not_again, aspect):
    reply, _ = answer(told, text)
    assert not_again not in reply.facts
    assert reply.status == "clarify" or any(fact.startswith(aspect) for fact in reply.facts)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("换网站负责人要哪些材料", "我问的就是要哪些材料"),
        ("公司改名的变更要审多久", "我说的是审核要几天"),
    ],
)
def test_who_asks_for_it_in_so_many_words_gets_it(answer, told, text):
    before, state = answer(told)
    reply, _ = answer(text, after=state)
    assert reply.facts[:1] == before.facts[:1]


def test_a_changed_case_is_answered_for_that_case(answer):
    """Who puts the case right asks the same again."""
    reply, _ = answer("备案主体改信息要哪些材料，我是个人", "不对，我说的是公司")
    assert reply.facts[0] == "materials.subject_info.enterprise"
