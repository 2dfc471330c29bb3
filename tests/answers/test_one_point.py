"""One point of a list that was told: the point, the one line concerned, and not the list again."""

import pytest

from beian.kb import load_knowledge

KB = load_knowledge()
PERSON = "materials.website_info.responsible_person"
COMPANY = "materials.subject_info.enterprise"
ASKED = {PERSON: "换网站负责人要哪些材料", COMPANY: "企业改主体信息要哪些材料"}


@pytest.mark.parametrize(
    ("fact", "text", "entry"),
    [
        (PERSON, "承诺书有啥要留意的地方", 2),
        (PERSON, "承诺书要不要去公证处公证", 2),
        (COMPANY, "执照得彩印还是黑白的", 0),
    ],
)
def test_a_point_of_a_paper(answer, fact, text, entry):
    _, state = answer(ASKED[fact])
    reply, _ = answer(text, after=state)
    items = KB.facts[fact].items
    assert reply.status == "uncovered"
    assert "没有写" in reply.text
    assert items[entry] in reply.text
    assert sum(item in reply.text for item in items) == 1


def test_how_long_it_stops_is_not_how_long_the_review_takes(answer):
    _, state = answer("换法人期间网站会停吗")
    reply, _ = answer("会停几天", after=state)
    assert "几天，文档没有写" in reply.text
    assert "3-20" not in reply.text


@pytest.mark.parametrize("text", ["这几样哪个是必须的", "里面有没有可以不交的"])
def test_which_have_to_be_given(answer, text):
    _, state = answer(ASKED[COMPANY])
    reply, _ = answer(text, after=state)
    assert "工商变更通知书（如有）" in reply.text
    assert "身份证" not in reply.text


def test_another_paper_instead(answer):
    _, state = answer(ASKED[COMPANY])
    reply, _ = answer("新法人只有护照行不行", after=state)
    assert not reply.text.startswith("要")
    assert "没有" in reply.text


def test_one_of_two_that_the_document_does_not_name(answer):
    _, state = answer("换服务器要哪些材料")
    reply, _ = answer("凭证是发票还是订单截图", after=state)
    assert "发票还是订单截图，文档没有写" in reply.text


def test_the_whole_is_told_again_to_who_asks_for_it(answer):
    _, state = answer(ASKED[COMPANY])
    reply, _ = answer(ASKED[COMPANY], after=state)
    assert all(item in reply.text for item in KB.facts[COMPANY].items)
