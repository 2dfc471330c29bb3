"""What presses the last answer is about that answer, and not about what its few words are like."""

from datetime import date

import pytest

from beian.answers.pressing import complains, quotes_us, what_is_wanted, without_the_quoting

DAY = date(2026, 11, 29)
NAMING, REVIEW, PLACE = "notice.naming", "timeline.review", "notice.server_locality"
COMPANY, DUE = "materials.subject_info.enterprise", "timeline.submit_deadline"


@pytest.mark.parametrize("asked", ["有没有例外", "例外情形是哪些"])
def test_exceptions_are_those_of_the_rule_in_hand(answer, kb, asked):
    reply, state = answer("网站名称有什么规定", asked)
    assert reply.text.startswith(kb.phrase("exceptions", NAMING))
    assert state.stated == (NAMING,)


@pytest.mark.parametrize(
    ("first", "asked", "fact"),
    [("审核要多久", "出处在哪", REVIEW), ("网站名称有什么规定", "写在第几条", NAMING)],
)
def test_the_ground_is_that_of_the_answer_in_hand(answer, kb, first, asked, fact):
    reply, _ = answer(first, asked)
    assert kb.facts[fact].section_path in reply.text


def test_a_name_was_checked_and_still_the_rule_has_its_ground(answer, kb):
    reply, _ = answer("网站名称有什么规定", "那叫“绿叶书屋”可以吗", "这个规定的出处是哪")
    assert kb.facts[NAMING].section_path in reply.text


def test_whose_words_are_taken_up_is_asked_of_them(answer, kb):
    reply, _ = answer("变更主体时网站会停吗", "审核要多久", "你前面说提前沟通，提前多久")
    assert "提前与阿里云客服沟通" in reply.text
    assert "工作日" not in reply.text
    assert reply.status == "uncovered"


def test_what_is_asked_in_full_is_answered_though_we_are_quoted(answer):
    reply, _ = answer("公司换法人要什么材料", "你说的这些交上去之后审核要多久")
    assert REVIEW in reply.facts


def test_a_complaint_gets_what_it_wants_and_no_list_again(answer, kb):
    reply, _ = answer("公司换法人要哪些材料", "怎么又是材料，我问的是期限")
    assert reply.facts[0] == DUE
    assert COMPANY not in reply.facts
    assert reply.text.startswith(kb.phrase("direct", "sorry"))


def test_a_complaint_that_seems_to_want_the_same_wants_what_is_next(answer):
    reply, _ = answer("审核要多久", "你老是说时间，我想知道谁来审")
    assert reply.facts[0] == "procedure.review"


@pytest.mark.parametrize("text", ["怎么又是材料，我问的是期限", "别再列了，我想知道去哪办"])
def test_complaints(text):
    assert complains(text)
    assert what_is_wanted(text) in ("期限", "去哪办")


@pytest.mark.parametrize("text", ["公司换法人要什么材料", "我想知道去哪办"])
def test_who_only_asks_does_not_complain(text):
    assert not complains(text)


def test_what_is_quoted_is_what_follows():
    assert quotes_us("你刚才说提前沟通")
    assert without_the_quoting("你刚才说提前沟通") == "提前沟通"
    assert not quotes_us("材料怎么交")


@pytest.mark.parametrize(
    ("before", "text", "fact"),
    [
        ("材料要什么格式", "什么格式！我问的是审核要多久", "timeline.review"),
        ("换法人要什么材料", "什么材料啊，我问几天内要报", "timeline.submit_deadline"),
    ],
)
def test_who_wonders_at_what_was_answered_gets_what_is_wanted(answer, before, text, fact):
    reply, _ = answer(before, text)
    assert reply.facts == (fact,)


def test_the_theme_that_was_not_asked_for_is_left(answer):
    reply, _ = answer(
        "被驳回了，执照没盖章，域名还在老板个人名下，先弄哪个",
        "那盖章那条，扫描件盖电子章行不行",
        "什么格式……我问能不能只补盖章先交，域名不过户",
    )
    assert reply.facts == ("rejection.domain_mismatch",)
