"""What was offered to choose from, and what a message picks of it."""

import pytest

ACCESS, LICENCE, SHELL = "接入备案", "经营性许可", "空壳"


def ids(reply):
    return [entry["id"] for entry in reply.extra.get("supplement", [])]


def options(answer, text):
    return answer(text)[1].asked.options


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("那我看看1", 0),
        ("选2", 1),
        ("第一个吧", 0),
        ("点3看看", 2),
        ("给我看第2条的内容", 1),
        ("中间那个", 1),
    ],
)
def test_a_number_in_any_wording(answer, text, place):
    reply, _ = answer(ACCESS, text)
    assert ids(reply) == [options(answer, ACCESS)[place]]


@pytest.mark.parametrize("text", ["要多久那个", "我选的是要多久", "要多久，快说", "就看要多久的那条"])
def test_a_part_of_its_title(answer, text):
    reply, _ = answer(ACCESS, text)
    assert ids(reply) == [options(answer, ACCESS)[2]]


@pytest.mark.parametrize("between", [["换法人要什么材料"], ["换法人要什么材料", "审核要多久"]])
def test_another_answer_may_come_between(answer, between):
    reply, _ = answer(SHELL, *between, "我选的是空壳主体那条")
    assert ids(reply) == [options(answer, SHELL)[2]]
    assert "空壳" in reply.text.splitlines()[0]


def test_one_more_of_the_same_titles(answer):
    reply, _ = answer(LICENCE, "那我看看1", "2呢")
    assert ids(reply) == [options(answer, LICENCE)[1]]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("选服务器的", "materials.website_info.server"),
        ("要过户那个", "materials.subject_transfer"),
        ("6吧", "materials.subject_transfer"),
    ],
)
def test_a_fact_is_picked_in_the_same_way(answer, text, fact):
    reply, _ = answer("材料", text)
    assert reply.facts[0] == fact


@pytest.mark.parametrize(
    ("before", "text", "fact"),
    [
        (ACCESS, "审核要多久", "timeline.review"),
        (ACCESS, "备案那个审核一般多久", "timeline.review"),
        (ACCESS, "换服务器要什么材料", "materials.website_info.server"),
        (SHELL, "网站负责人要什么条件", "notice.responsible_person"),
    ],
)
def test_a_question_of_its_own_picks_nothing(answer, before, text, fact):
    reply, _ = answer(before, text)
    assert reply.facts[0] == fact
