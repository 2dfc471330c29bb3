import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beian.text.clauses import (
    MOST_CLAUSES,
    MOST_LINES,
    asks_how,
    denies,
    looks_like_question,
    notice_lines,
    question_segments,
    split_clauses,
)
from beian.text.normalize import normalize


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("换服务器要什么材料,审核要多久", ["换服务器要什么材料", "审核要多久"]),
        ("要多久?网站会停吗?", ["要多久?", "网站会停吗?"]),
        ("过户要什么材料还有审核几天", ["过户要什么材料", "还有审核几天"]),
        ("换ip要啥 顺便问下多久", ["换ip要啥", "顺便问下多久"]),
        ("改ip的材料/过审以后做什么", ["改ip的材料", "过审以后做什么"]),
        ("法人/负责人换了", ["法人/负责人换了"]),
        ("审核几天顺带问下收不收费", ["审核几天", "顺带问下收不收费"]),
        ("how do i log in and what papers do i need", ["how do i log in", "and what papers do i need"]),
        ("审核要多久", ["审核要多久"]),
        ("", []),
        (",,,", []),
    ],
)
def test_cut_where_something_new_is_asked(text, clauses):
    assert split_clauses(text) == clauses


@pytest.mark.parametrize(
    "text",
    [
        "审核要多久",
        "要哪些材料",
        "网站会停吗",
        "怎么弄",
        "可不可以不换",
        "换ip 材料",
        "谁来审",
        "能改吗?",
        "时间",
        "变更分几种",
        "备案号变不变",
        "用原件还是复印件",
        "变更是干嘛用的",
        "where is the form",
        "把流程给我捋一遍",
    ],
)
def test_questions(text):
    assert looks_like_question(text)


@pytest.mark.parametrize(
    "text",
    ["我们公司搬家了", "材料已经交了", "等了好几天", "你好", "我是个人备案", "我什么都不懂", "资料都备齐"],
)
def test_statements(text):
    assert not looks_like_question(text)


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("过户要交哪些材料,多久能批下来?", ["过户要交哪些材料", "多久能批下来?"]),
        ("我们公司搬家了,备案要变更吗", ["我们公司搬家了,备案要变更吗"]),
        ("要变更吗,我们公司搬家了", ["要变更吗,我们公司搬家了"]),
        ("换服务器材料和审核时间", ["换服务器材料", "审核时间"]),
        ("被驳回了,多久内要重新提交", ["被驳回了", "多久内要重新提交"]),
        ("连去哪交都不知道,麻烦讲一下流程", ["连去哪交都不知道,麻烦讲一下流程"]),
        ("what do i need and how long is it", ["what do i need", "how long is it"]),
        ("你好", ["你好"]),
    ],
)
def test_a_story_stays_with_its_question(text, segments):
    assert question_segments(text) == segments


def test_the_lines_of_a_notice_are_those_with_a_number():
    text = "您的申请被退回:1.照片不清晰。2.名称与证件不一致。请修改后重新提交"
    assert notice_lines(text) == (["照片不清晰", "名称与证件不一致"], True)
    many = " ".join(f"({number % 9 + 1})第{number}处有误" for number in range(MOST_LINES + 3))
    lines, numbered = notice_lines(many)
    assert numbered
    assert lines == [f"第{number}处有误" for number in range(MOST_LINES)]


def test_without_numbers_each_clause_is_a_line_but_no_question():
    assert notice_lines("照片不清晰,名称不一致,怎么改?") == (["照片不清晰", "名称不一致"], False)


def test_the_way_is_asked_for_and_not_the_things():
    assert asks_how("法人换了怎么改")
    assert not asks_how("怎么准备材料")
    assert not asks_how("要多久")


@pytest.mark.parametrize(("clause", "denied"), [("服务器没换", True), ("要不要换", False), ("换了", False)])
def test_a_question_denies_nothing(clause, denied):
    assert denies(clause) is denied


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("换ip要多久,。?？!还有和材料 吗了的、另外审核;"), max_size=60))
def test_nothing_is_lost_and_few_pieces_remain(text):
    text = normalize(text)
    clauses = split_clauses(text)
    assert len(clauses) <= MOST_CLAUSES
    assert all(clause.strip() for clause in clauses)
    kept = [char for char in text if char.isalnum()]
    assert [char for char in "".join(clauses) if char.isalnum()] == kept
    assert question_segments(text)
