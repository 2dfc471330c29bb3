"""The forms of questions: each is told from what looks like it."""

import pytest

from beian.hearing import day_questions, questions


@pytest.mark.parametrize(
    "text",
    [
        "要盖章吗",
        "复印件行不行",
        "能不能晚点交",
        "正面就够了吧",
        "是否要原件",
        "国庆那几天算吗",
        "照片可以?",
        "要交吗,又没换",
    ],
)
def test_yes_or_no(text):
    assert questions.is_polar(text)


@pytest.mark.parametrize(
    "text", ["要什么材料", "谁签字", "几天能好", "怎么换不了", "我换了法人", "能不能说下要什么材料"]
)
def test_other_questions_and_statements_are_no_yes_or_no(text):
    assert not questions.is_polar(text)


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("能不能不交承诺书", True),
        ("可以不盖章吗", True),
        ("要不要交", False),
        ("用不用盖章", False),
        ("省掉行吗", True),
    ],
)
def test_doing_without(text, without):
    assert questions.does_without(text) is without


@pytest.mark.parametrize(
    ("text", "lacking"), [("没有通知书怎么办", True), ("执照丢了", True), ("有没有模板", False)]
)
def test_lacking(text, lacking):
    assert questions.lacks(text) is lacking


@pytest.mark.parametrize(("text", "unit"), [("几样东西", "样"), ("一共几步", "步"), ("要几天", None)])
def test_counting(text, unit):
    assert questions.counted_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "compares"),
    [
        ("过户和变更有什么区别", True),
        ("两个期限一样吗", True),
        ("是一回事不", True),
        ("一样要交身份证", False),
    ],
)
def test_comparing(text, compares):
    assert questions.compares(text) is compares


@pytest.mark.parametrize(
    ("text", "supposes"), [("假如12月1号换", True), ("要是被驳回呢", True), ("12月1号要换", False)]
)
def test_supposing(text, supposes):
    assert questions.supposes(text) is supposes


@pytest.mark.parametrize(
    ("text", "about"),
    [("国庆那几天算吗", True), ("28号上班吗", True), ("10月8号换的算逾期吗", False), ("今天放假", False)],
)
def test_a_question_about_days(text, about):
    assert day_questions.asks_about_days(text) is about


@pytest.mark.parametrize(
    ("text", "end"), [("最慢哪天", "last"), ("那最快呢", "first"), ("最快和最慢", None), ("哪天", None)]
)
def test_one_end(text, end):
    assert day_questions.wanted_end(text) == end


@pytest.mark.parametrize("text", ["公章还是合同章", "交原件还是复印件"])
def test_alternatives(text):
    assert questions.offers_alternatives(text)
    assert not questions.offers_alternatives("盖公章吗")


def test_a_part_and_leave():
    assert questions.only_part("只拍正面行吗")
    assert not questions.only_part("要正面吗")
    assert questions.asks_leave("复印件行吗")
    assert not questions.asks_leave("要原件吗")


@pytest.mark.parametrize(
    ("text", "said", "lacks"),
    [
        ("网站名称最多几个字", "网站名称不得包含“中国”字样", True),
        ("旧服务器要保留几天", "域名解析要继续指向原服务器", True),
        ("审核要几天", "审核通常需要 3-20个工作日", False),
        ("承诺书要几份", "各准备两份", False),
        # no number is asked for
        ("名称有什么要求", "网站名称不得包含“中国”字样", False),
        ("有好几个域名要改", "网站域名的名称变了", False),
    ],
)
def test_a_number_that_is_asked_for_and_not_said(text, said, lacks):
    assert questions.lacks_quantity(text, said) is lacks


def test_so_many_is_no_question_how_many():
    assert questions.counted_unit("财务那有好几个") is None
    assert questions.counted_unit("一共几个") == "个"
    assert questions.counted_unit("现在排第几个") is None
