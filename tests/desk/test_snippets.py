"""Canned replies: what may be kept, and what the case fills in."""

from datetime import date

import pytest

from beian.desk.snippets import unfilled, values_of
from beian.kb import load_knowledge
from beian.meaning.state import Discourse, Matter
from beian.store import desk_tables as tables
from beian.store.conversations import ConversationStore
from beian.store.desk.snippets import VARIABLES, SnippetError, Snippets

KB = load_knowledge()
TODAY = date(2026, 11, 28)


@pytest.fixture
def snippets(tmp_path):
    store = ConversationStore(tmp_path / "c.db")
    tables.create(store.engine)
    yield Snippets(store, 200)
    store.close()


def test_added_changed_and_taken_away(snippets):
    first = snippets.add(" 开头 ", "{客户称呼}您好，我是{客服}。\n", "主管")
    snippets.add("结尾", "再见", "主管")
    assert {one["name"] for one in snippets.all()} == {"开头", "结尾"}
    assert snippets.change(first, "开头", "您好", "主管")
    assert {one["n"]: one["text"] for one in snippets.all()}[first] == "您好"
    assert snippets.remove(first)
    assert not snippets.remove(first)
    assert not snippets.change(first, "开头", "您好", "主管")
    assert [one["name"] for one in snippets.all()] == ["结尾"]


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("", "您好", "名称"),
        ("字" * 31, "您好", "名称"),
        ("开头", " ", "内容"),
        ("开头", "字" * 201, "内容"),
        ("开头", "请打 13800138000", "遮盖"),
        ("开头", "{客户名}您好", "没有 {客户名} 这个变量"),
        ("开头", "{}您好", "没有 {} 这个变量"),
        ("在用", "您好", "已有叫“在用”"),
    ],
)
def test_what_cannot_be_kept(snippets, name, text, what):
    number = snippets.add("在用", "在用", "主管")
    other = snippets.add("另一条", "另一条", "主管")
    with pytest.raises(SnippetError, match=what):
        snippets.add(name, text, "主管")
    with pytest.raises(SnippetError, match=what):
        snippets.change(other, name, text, "主管")
    assert {one["n"]: one["name"] for one in snippets.all()} == {number: "在用", other: "另一条"}


def test_what_is_left_to_fill_in():
    assert unfilled("{客户称呼}您好，{截止日}前交，{截止日}") == ["客户称呼", "截止日"]
    assert unfilled("函数 {x} 和 {}") == []


@pytest.mark.parametrize(
    ("matter", "expected"),
    [
        (Matter(), {"客服": "李敏"}),
        (
            Matter("subject_info", "company_name", "enterprise", changed="2026-11-10"),
            {
                "主体性质": "企业",
                "变更类型": "主体信息变更",
                "变化日": "11月10日",
                "截止日": "2026年12月10日",
            },
        ),
        # Rejected since: what counts is handing it in again.
        (Matter(changed="2026-11-01", rejected="2026-11-20"), {"变化日": "11月1日", "截止日": "2026年12月"}),
        # Of days only roughly known the earliest deadline is the one that is safe.
        (Matter(changed="2026-11-01/2026-11-05"), {"变化日": "11月5日", "截止日": "2026年12月1日"}),
    ],
)
def test_what_the_case_fills_in(matter, expected):
    found = values_of(Discourse(focus=matter), "李敏", TODAY, KB)
    assert set(expected) <= set(found) <= set(VARIABLES)
    for name, part in expected.items():
        assert part in found[name]
    # Nothing in the case tells how the customer is to be addressed.
    assert "客户称呼" not in found
