from dataclasses import replace

import pytest

from beian.original import originals_of
from tests.original.made_up import DOCUMENT, FACTS, fact, knowledge

FOUND = originals_of(DOCUMENT, knowledge())
MARKED = {
    "what": "借书证是镇图书馆发给读者的凭证,凭它可以借书",
    "register": "1. 到一楼前台登记姓名、住址等。",
    "local": "交照片2张、押金50元等。",
    "child": "由家长代领,需出示户口本。",
    "lost": "先挂失,三日后可以补办",
    "fee": "若丢失的是成人证或者儿童证,补办收工本费10元。",
    "collect": "要在7日内领取新证,逾期可能需要重新登记",
    "contact": "若有疑问,可打图书馆电话(123-456)询问。",
}
HEADINGS = {
    "what": "借书证是",
    "register": "(一)登记",
    "local": "• 本镇居民",
    "child": "• 儿童证",
    "lost": "问题1:",
    "fee": "• 若丢失的",
    "collect": "问题1:",
    "contact": "通过以上",
}


def text_of(original):
    return "\n".join("".join(piece.text for piece in line) for line in original.lines)


def test_nothing_is_wrong_with_it():
    assert FOUND.faults == ()
    assert set(FOUND.by_fact) == set(FACTS)


@pytest.mark.parametrize("name", FACTS)
def test_the_very_section_with_the_words_it_rests_on(name):
    original = FOUND.by_fact[name]
    assert original.marked == MARKED[name]
    assert text_of(original).startswith(HEADINGS[name])
    # word for word, line by line
    for line in text_of(original).splitlines():
        assert line.strip() in DOCUMENT


def test_a_section_ends_where_the_next_one_begins():
    assert "领证" not in text_of(FOUND.by_fact["register"])
    assert "外来读者" not in text_of(FOUND.by_fact["local"])
    assert text_of(FOUND.by_fact["collect"]).splitlines()[-1].endswith("建议核对姓名。")
    assert "顺利借书" in text_of(FOUND.by_fact["contact"])
    # of what has no heading, the paragraph: neither the title nor the table of contents
    assert text_of(FOUND.by_fact["what"]).count("\n") == 0


def test_lines_keep_their_places():
    shown = text_of(FOUND.by_fact["register"]).splitlines()
    assert shown[0] == "(一)登记"
    assert shown[1] == ""
    assert shown[2].startswith("  1. ")


def test_plain_data():
    lines = FOUND.lines_of("child")
    assert lines == [[{"text": "• 儿童证:", "marked": False}, {"text": MARKED["child"], "marked": True}]]
    assert FOUND.lines_of("no.such") is None


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        (
            DOCUMENT.replace("(二)领证", "(二)取件"),
            "没有找到章节“办理步骤 › (二)领证”，请核对文档里的标题",
        ),
        (
            DOCUMENT.replace("由家长代领,需出示户口本", "暂停发放"),
            "章节“办理步骤 › (二)领证 › 儿童证”里没有找到事实 child 依据的那一段，请核对两处的说法",
        ),
        (
            DOCUMENT.replace("7日内", "9日内"),
            "事实 collect 说的“7”，章节“常见问题 › 问题1：借书证丢了怎么办？”里没有，请核对两处的说法",
        ),
    ],
    ids=["heading", "passage", "number"],
)
def test_what_does_not_fit_is_told(changed, fault):
    found = originals_of(changed, knowledge())
    assert found.faults == (fault,)
    # the others are shown all the same
    assert len(found.by_fact) >= len(FACTS) - 2
    assert found.by_fact["lost"].marked == MARKED["lost"]


def test_a_list_takes_a_clause_of_each_entry():
    listing = fact("ways", ["办理步骤", "(二)领证"], "有成人证和儿童证。", lists=("local", "child"))
    marked = originals_of(DOCUMENT, knowledge({"ways": listing})).by_fact["ways"].marked
    assert marked.splitlines() == ["成人证", "儿童证"]


def test_other_layers_are_not_of_the_document():
    other = replace(FACTS["what"], layer="supplement")
    assert originals_of(DOCUMENT, knowledge({"what": other})).by_fact == {}


@pytest.mark.parametrize("step", [1, 2, 3, 5])
def test_any_part_of_a_document_is_read(step):
    """What is missing or out of order is told, never an error."""
    lines = DOCUMENT.splitlines()
    for start in range(0, len(lines), 4):
        parts = (lines[start:], lines[:start], lines[start::step], lines[::-step])
        for part in parts:
            found = originals_of("\n".join(part), knowledge())
            assert found.faults or set(found.by_fact) == set(FACTS)
