"""A point of a paper where the message names its list, its change or its form, and not the paper."""

import pytest

from beian.answers.papers_asked import asked_of, own_of
from beian.answers.things import thing_named
from beian.kb import load_knowledge
from tests.dialogue.by_hand import heard

KB = load_knowledge()
COMPANY = "公司改地址要哪些材料"
PERSON = "网站负责人换人要啥材料"
TRANSFER = "主体过户要哪些材料"


@pytest.mark.parametrize(
    ("shown", "text", "begins", "entry"),
    [
        (COMPANY, "法人照旧，复印件还要盖章不", "要，盖公章", "营业执照"),
        (COMPANY, "我们只换了邮箱，公章还盖吗", "要，盖公章", "营业执照"),
        (COMPANY, "盖人名章可以吗", "文档说的是盖公章", "营业执照"),
        (COMPANY, "复印件要几份", "文档没有写要几份", "营业执照"),
        (COMPANY, "通知书我们没有，电话变了又不去工商局", "不是人人必交", "工商变更通知书"),
        (PERSON, "她的承诺书还算数吗", "文档列的是新的", "承诺书"),
        (PERSON, "承诺书去哪里搞", "文档没有写在哪里开", "承诺书"),
        (TRANSFER, "那份申请书到哪里下", "文档没有写在哪里开", "申请表"),
        (TRANSFER, "过户协议手写的行吗", "文档没有写手写还是打印", "过户协议"),
        (TRANSFER, "申请表要不要公证", "文档没有写要不要公证", "申请表"),
        ("个人换身份证备案要交什么", "照片拍得有点糊行不行", "文档没有写照片和扫描的清晰度", "身份证"),
        (TRANSFER, "盖手印可以不", "文档没有要求盖手印，", ""),
    ],
)
def test_it_is_the_paper_that_has_the_point(answer, shown, text, begins, entry):
    reply, _ = answer(shown, text)
    assert reply.text.startswith(begins)
    assert entry in reply.text.splitlines()[0]


def test_who_tells_what_changed_asks_of_no_paper_of_it(answer):
    reply, _ = answer("酒店换了座机和邮箱，还要盖公章吗")
    assert reply.text.startswith("要，盖公章") and "营业执照" in reply.text


def test_a_form_names_the_one_paper_that_has_it():
    fact = "materials.subject_info.enterprise"
    own = own_of([KB.facts[fact]], KB)
    asked = asked_of(heard("复印件要不要签字", fact), own, KB)
    assert [paper.name for paper in asked.papers] == ["营业执照复印件"]
    assert not asked_of(heard("要复印件吗", fact), own, KB).papers, "the form itself is asked for"


@pytest.mark.parametrize(
    ("point", "thing"), [("盖手印行不行", "盖手印"), ("户口本可以不", "户口本"), ("多久行不行", None)]
)
def test_a_name_is_without_what_asks_after_it(point, thing):
    assert thing_named(point, KB) == thing
