"""Questions about single papers: the verdict first, the one line concerned, nothing that is not written."""

import pytest

from beian.answers.papers import count_verdict, paper_verdict
from beian.kb import load_knowledge
from beian.meaning.state import Discourse, Matter

KB = load_knowledge()
COMPANY, PERSON = "materials.subject_info.enterprise", "materials.website_info.responsible_person"
TRANSFER = "materials.subject_transfer"


@pytest.fixture
def said(hear):
    """What is said about the papers of a fact that has just been shown."""

    def verdict(fact: str, text: str, item: str | None = None):
        state = Discourse(stated=(fact,), last="answered", focus=Matter(item=item))
        return paper_verdict([KB.facts[fact]], hear(text, state), state, KB)

    return verdict


@pytest.mark.parametrize(
    ("fact", "text", "begins"),
    [
        (COMPANY, "营业执照要盖章吗", "要，盖公章"),
        (COMPANY, "公章还是合同章", "盖公章"),
        (COMPANY, "合同章可以吗", "文档说的是盖公章"),
        (COMPANY, "营业执照要原件吗", "文档说的是交复印件"),
        (COMPANY, "执照复印件行吗", "可以，交复印件"),
        (PERSON, "只拍正面行吗", "不行，正反面都要"),
        (PERSON, "身份证要反面吗", "要，正反面都要"),
        (PERSON, "承诺书要吗", "要，清单里有这一项"),
        (PERSON, "能不能不交承诺书", "不能省"),
        (PERSON, "承诺书丢了怎么办", "没有《网站负责人承诺书》怎么办，文档没有写"),
        (PERSON, "要营业执照吗", "文档没有要求营业执照"),
        (PERSON, "承诺书要盖章吗", "文档没有要求盖章，只说了：《网站负责人承诺书》"),
        (TRANSFER, "申请表谁签字", "双方都要签"),
        (TRANSFER, "材料要两家都出吗", "要，两边都要出"),
        (TRANSFER, "要准备几份", "文档没有写要几份"),
    ],
)
def test_the_verdict_comes_first(said, fact, text, begins):
    assert said(fact, text).text.startswith(begins)


def test_what_the_document_marks_as_if_any(said):
    asked, without = said(COMPANY, "工商变更通知书要吗"), said(COMPANY, "工商变更通知书没有怎么办")
    assert asked.text.startswith("有就交")
    assert "如有" in without.text
    assert without.also == ("contact.support",)


def test_a_paper_of_what_has_not_changed_is_not_told_apart(said):
    """Whether it is wanted then the document does not say, so neither does the reply."""
    other = said(COMPANY, "法人身份证也要交吗", "registered_address")
    assert other.text.startswith("文档没有区分")
    own = said(COMPANY, "法人身份证也要交吗", "legal_representative")
    assert own.text.startswith("要，")


@pytest.mark.parametrize("text", ["要什么材料", "我换了法人", "谢谢", "怎么登录"])
def test_other_messages_ask_about_no_paper(said, text):
    assert said(COMPANY, text) is None


def test_how_many(hear):
    state = Discourse(stated=(COMPANY,), last="answered")
    count = count_verdict([KB.facts[COMPANY]], hear("一共几样", state), KB)
    assert count.startswith("4 样：")
    assert all(entry in count for entry in KB.facts[COMPANY].items)
    assert count_verdict([KB.facts[COMPANY]], hear("要什么", state), KB) is None


@pytest.mark.parametrize("point", [point.id for point in KB.papers.points])
def test_every_point_has_its_words(point):
    found = next(one for one in KB.papers.points if one.id == point)
    assert f"missing_{point}" in KB.phrases["papers"]
    given = {
        paper.says[point] for papers in KB.papers.of_fact.values() for paper in papers if point in paper.says
    }
    assert given <= set(found.values)
    assert all(f"{point}_{value}" in KB.phrases["papers"] for value in given)


@pytest.mark.parametrize(
    ("text", "value"),
    [("身份证拍一面成吗", "正反"), ("执照是复印的还是原件", "复印件"), ("执照盖的章得是公章吗", "公章")],
)
def test_a_point_that_the_document_gives_is_not_said_to_be_open(answer, text, value):
    reply, _ = answer("公司换法人要什么材料", text)
    assert reply.status == "answered"
    assert value in reply.text


@pytest.mark.parametrize(
    ("fact", "text", "item", "begins"),
    [
        (COMPANY, "执照复印好了，通知书也拿到了，还差什么", None, "还有：新的法定代表人身份证"),
        (PERSON, "身份证拍好了，还缺哪些", None, "还有：联系方式、《网站负责人承诺书》"),
        (COMPANY, "邮箱没换也要填吗", "legal_representative", "文档没有区分"),
        (COMPANY, "法人没变，法人的也要交吗", "company_name", "文档没有区分"),
        (COMPANY, "没领到通知书会被退吗", "company_name", "不是人人必交"),
        (PERSON, "承诺书哪儿下", "responsible_person", "文档没有写在哪里"),
    ],
)
def test_what_is_still_wanted_and_what_has_not_changed(said, fact, text, item, begins):
    assert said(fact, text, item).text.startswith(begins)


def test_of_papers_in_several_clauses_the_one_that_is_asked_about_counts(said):
    assert "法定代表人身份证" in said(COMPANY, "执照上别的没动，身份证还交不交", "company_name").text
    assert "营业执照" in said(COMPANY, "身份证已经拍好了，执照要盖章吗").text


@pytest.mark.parametrize(
    "texts",
    [
        ("旧负责人要不要交身份证",),
        ("换网站负责人要什么材料", "之前那个人的承诺书还要吗"),
        ("换法人原来的执照还要吗",),
    ],
)
def test_of_what_was_before_nothing_is_asked_for(answer, texts):
    reply, _ = answer(*texts)
    assert reply.text.startswith("文档列的是新的：")
    assert "没有要求" in reply.text


def test_what_is_still_wanted_is_not_of_the_past(answer):
    reply, _ = answer("换法人要什么材料", "身份证依旧要拍正反面吗")
    assert "没有要求" not in reply.text


def test_both_sides_of_a_transfer_give_theirs(answer):
    reply, _ = answer("过户要什么材料", "原主体的营业执照要吗")
    assert "没有要求" not in reply.text
