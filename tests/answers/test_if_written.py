"""Whether something is written at all."""

import pytest

from beian.answers.case import case_text
from beian.kb import load_knowledge
from beian.meaning.state import Discourse, Matter

KB = load_knowledge()
TYPE = "公司股权变了属于哪种变更"


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("股权变更文档有没有规定？没有就直说", "股权变更"),
        ("我问的是组织形式文档里写没写", "组织形式"),
        ("理事变更文档有提到吗", "理事变更"),
    ],
)
def test_what_is_written_nowhere_is_named(answer, text, thing):
    reply, _ = answer(TYPE, text)
    assert reply.status == "uncovered"
    assert reply.text.startswith(f"文档没有写“{thing}”")
    assert "明白了" not in reply.text


@pytest.mark.parametrize("text", ["公章文档里有没有写", "法人变更文档有规定吗", "黑名单文档有没有提"])
def test_what_is_written_is_not_denied(answer, text):
    reply, _ = answer("公司改名要什么材料", text)
    assert not reply.text.startswith("文档没有写“")


def test_a_case_is_told_once():
    same = Matter(change_type="subject_info")
    assert case_text(Discourse(focus=same, matters=(same, same)), KB).count("主体信息变更") == 1


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("那护照行不行，流程文档里写没写，别扯别的", "护照"),
        ("护照！写没写！", "护照"),
        ("外籍，文档写没写可以用什么证件", "外籍"),
        ("文档到底写没写租赁合同", "租赁合同"),
        ("合伙协议这份流程里写没写", "合伙协议"),
        ("本流程文档是否载有罚款数额", "罚款数额"),
    ],
)
def test_it_is_the_thing_that_is_named_and_not_the_document(answer, text, thing):
    reply, _ = answer("换网站负责人要什么材料", text)
    assert reply.status == "uncovered"
    assert reply.text.startswith(f"文档没有写“{thing}”")


@pytest.mark.parametrize(
    "text", ["审核时间写没写", "身份证要正反面，写没写", "文档写没写网站负责人要满多少岁"]
)
def test_what_is_written_by_that_name_is_told(answer, text):
    reply, _ = answer("换法人要什么材料", text)
    assert reply.status == "answered"


@pytest.mark.parametrize("text", ["写没写！", "写没写？直说", "文档没写就说没写，行吗"])
def test_who_names_nothing_means_the_point_that_was_left_open(answer, text):
    _, state = answer("换服务器要什么材料", "一次还是三次")
    assert state.open_now
    reply, _ = answer(text, after=state)
    assert reply.text.startswith(f"{state.open_now}，文档没有写")


@pytest.mark.parametrize(
    "text", ["你没有答到点子上，改内容要交哪些东西，文档写没写，写没写你直说", "你一句话说：注销的材料写没写"]
)
def test_what_speaks_to_us_is_no_thing(answer, text):
    reply, _ = answer("换法人要什么材料", text)
    assert not reply.text.startswith("文档没有写“")


def test_a_paper_that_is_not_listed_is_the_point(answer):
    reply, _ = answer("换服务器要什么材料", "发票要不要", "写没写！")
    assert reply.text.startswith("文档没有写“发票”")


def test_a_list_that_was_told_is_named_beside_it(answer):
    reply, _ = answer("公司改名要什么材料", "公证书写没写")
    assert reply.text.startswith("文档没有写“公证书”，列的是：新的营业执照复印件")


def test_the_list_for_the_item_in_hand_is_named_where_none_was_told(answer):
    reply, _ = answer("网站负责人11月3号换了，用外包公司的人可以吗", "护照！写没写！")
    assert reply.text.startswith("文档没有写“护照”，列的是：身份证正反面照片")


def test_of_a_change_the_type_that_was_told_is_named(answer):
    reply, _ = answer("公司换法人属于哪种变更", "审核要多久", "股东变更算不算备案变更，文档写没写？")
    assert reply.text.startswith("文档没有写“股东变更”；相近的，写明的是：\n企业名称、统一社会信用代码")


@pytest.mark.parametrize(
    "text", ["驳回通知书上有没有写原因", "客服说没说过要电话核验", "执照上写没写法人的住址"]
)
def test_what_stands_in_another_writing_is_another_question(answer, text):
    reply, _ = answer("换法人要什么材料", text)
    assert not reply.text.startswith("文档没有写“")
