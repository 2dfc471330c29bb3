"""Changes told in clauses that hold no alias of the vocabulary, by real understanding."""

import pytest

from beian.meaning.advance import changes_named
from beian.reading.changes_told import Changes


@pytest.fixture(scope="module")
def changes(kb, candidates) -> Changes:
    return Changes(candidates, kb)


@pytest.fixture
def named(changes, evidence, said, kb):
    def found(text: str) -> list[str | None]:
        told = changes.told(said(text), evidence(text))
        return [change.item or change.change_type for change in changes_named(told, kb)]

    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A公司换了法人，B换了服务器，C要撤掉一个网站，各要什么材料",
            ["legal_representative", "server", "cancel_website"],
        ),
        ("有个旧站想关掉，另外又多备了一个新站，怎么办", ["cancel_website", "add_website"]),
        ("公司改名了，网站也转给别家公司了，分别交啥", ["company_name", "subject_transfer"]),
    ],
)
def test_no_change_of_a_list_is_lost(named, text, expected):
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "客服说要等三十天，我等不及了，怎么办",
        "昨天打过电话，没人接，你们几点上班",
        "今天下雨，路上堵车，材料要交什么",
    ],
)
def test_what_tells_no_change_adds_none(named, text):
    assert named(text) == []


def test_a_clause_that_denies_or_asks_tells_nothing(named):
    assert "add_website" not in named("法人换了，没有新增网站，要什么材料")
    assert "cancel_website" not in named("法人换了，网站要不要注销，会不会停")


def test_one_clause_is_left_as_it_is(changes, evidence, said):
    text = "网站转给别家公司了"
    assert changes.told(said(text), evidence(text)) == said(text)


def test_in_a_row_of_clients_the_likeliest_change_by_far_is_told(named):
    assert named("第一家换名称，第二家换服务器") == ["site_name", "server"]
    assert named("换名称，换服务器") == ["server"]
