"""Several clients: which change is meant by what happened there."""

import pytest

from beian.hearing.clients import of_the_client
from beian.kb import load_knowledge
from beian.meaning.state import Discourse, Matter

KB = load_knowledge()
PEOPLE = Matter("subject_info", "legal_representative", "enterprise")
GONE, SOLD = Matter("cancel_website"), Matter("subject_transfer")
THREE = Discourse(
    stated=("materials.subject_transfer",), last="answered", focus=PEOPLE, matters=(PEOPLE, GONE, SOLD)
)
COMPANY, TRANSFER = "materials.subject_info.enterprise", "materials.subject_transfer"
CANCEL = "uncovered/cancel_website_materials"


@pytest.mark.parametrize(
    ("text", "targets", "focus"),
    [
        ("卖掉的那家要什么材料", (TRANSFER,), SOLD),
        ("要关站那家呢", (CANCEL,), GONE),
        ("换老板的那家呢", (COMPANY,), PEOPLE),
        ("C家要什么材料", (TRANSFER,), SOLD),
        ("卖掉那家和换法人那家，要的材料有重的吗", (TRANSFER, COMPANY), SOLD),
    ],
)
def test_by_its_words(hear, text, targets, focus):
    heard, after = of_the_client(hear(text, THREE), THREE, KB)
    assert heard.meaning.targets == targets
    assert (after.focus, after.matters) == (focus, THREE.matters)


@pytest.mark.parametrize("text", ["要什么材料", "那家要什么材料", "盘出去那家呢"])
def test_words_that_none_of_them_has_point_at_none(hear, text):
    heard = hear(text, THREE)
    assert of_the_client(heard, THREE, KB) == (heard, THREE)


def test_the_others_stay_in_hand(answer):
    _, state = answer("卖掉的那家要什么材料", "换老板的那家呢", after=THREE)
    assert [matter.name for matter in state.matters] == [matter.name for matter in THREE.matters]
    assert state.focus.item == "legal_representative"


def test_a_clause_tells_the_item_that_it_has_a_part_of_the_name_of(answer):
    _, state = answer("手上两家公司，一家换了地址，一家换了服务器")
    assert [matter.item for matter in state.matters] == ["registered_address", "server"]


def test_a_clause_that_has_another_part_of_a_name_tells_no_item(hear):
    heard = hear("原来是个博客，现在做成企业官网了，备案算什么变更")
    assert "company_name" not in heard.said.values("item")
