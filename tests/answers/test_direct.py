"""The first words of an answer, by the manner of the question; the questions are really understood."""

import pytest

from beian.answers.direct import direct
from beian.answers.entry_meant import entries_of, entry_meant
from beian.answers.first_words import Direct
from beian.answers.render import fact_text
from beian.answers.worked import worked_out
from beian.meaning.state import Discourse, Matter

COMPANY = "materials.subject_info.enterprise"
PAPERS = "公司法定代表人刚换，备案这边要准备啥"
DEADLINE = "信息变了要在多久内提交变更"


@pytest.fixture
def lead(hear, answer, kb):
    """What is said first of a follow-up, whose manner must be the one the test is about."""

    def leading(before: str | None, text: str, manner: str) -> Direct | None:
        state = answer(before)[1] if before else Discourse()
        heard = hear(text, state)
        assert heard.meaning.manner == manner, f"{text} is understood as {heard.meaning}"
        facts = [target for target in heard.meaning.targets if target in kb.facts]
        return direct(facts, heard, state, kb)

    return leading


def test_what_is_simply_asked_for_is_simply_stated(lead):
    assert lead(None, PAPERS, "ask") is None
    # again, in full: who asks the whole question wants the whole answer
    assert lead("审核要多久", "审核一般要多久", "ask") is None


@pytest.mark.parametrize(
    ("text", "number", "manner"), [("第二个是什么", 2, "entry"), ("最后一项是啥", 4, "entry")]
)
def test_one_entry(lead, kb, text, number, manner):
    found = lead(PAPERS, text, manner)
    entry = kb.facts[COMPANY].items[number - 1]
    assert found == Direct(kb.phrase("direct", "entry", number=str(number), entry=entry), True)


def test_an_entry_that_is_not_there(lead, kb):
    found = lead(PAPERS, "第五项呢", "entry")
    assert found.alone
    assert kb.phrase("direct", "no_entry", number="5", count="4") in found.text
    assert all(entry in found.text for entry in kb.facts[COMPANY].items)


@pytest.mark.parametrize(
    ("text", "part"), [("营业执照要盖章吗", "加盖公章"), ("法人身份证要正反面吗", "身份证正反面")]
)
def test_the_entry_that_is_meant(lead, text, part):
    found = lead(PAPERS, text, "item")
    assert found.alone
    assert part in found.text
    assert found.text.count("、") < 2, "not the whole list"


def test_a_point_that_the_document_does_not_have(lead, kb):
    found = lead(PAPERS, "承诺书要吗", "item")
    assert found.text.startswith("文档没有要求承诺书")
    assert found.alone
    assert not any(entry in found.text for entry in kb.facts[COMPANY].items), "the list was told before"


@pytest.mark.parametrize(
    ("before", "text", "reason"),
    [
        ("审核要多久", "为什么要这么久", "时长因地区管局的效率而不同。"),
        ("审核没下来，域名解析可以先改到新机器吗", "干嘛不让先改", "提前切换解析可能导致网站无法访问。"),
    ],
)
def test_the_reason_where_the_document_gives_one(lead, before, text, reason):
    assert lead(before, text, "why") == Direct(reason, True)


def test_no_reason_is_made_up(lead, kb):
    found = lead(PAPERS, "为啥要法人身份证", "why")
    assert found.text.startswith(kb.phrase("direct", "no_why"))
    assert found.alone


@pytest.mark.parametrize(
    ("before", "fact"),
    [(DEADLINE, "timeline.submit_deadline"), ("驳回后要在多久内重新提交", "timeline.resubmit_deadline")],
)
def test_what_follows_otherwise(lead, kb, before, fact):
    assert lead(before, "晚了会怎样", "what_if") == Direct(kb.facts[fact].consequence, True)


def test_where_nothing_follows_it_is_said_that_the_document_has_nothing_on_it(lead):
    found = lead("审核要多久", "要是审核很慢会怎样", "what_if")
    assert found.missing
    # what is only supposed is no name for a point
    assert "要是" not in found.text
    assert "3-20" in found.text


@pytest.mark.parametrize(
    ("text", "manner", "phrase"),
    [
        ("确定没漏？", "doubt", "doubt"),
        ("你这个清单是哪来的", "source", None),
    ],
)
def test_who_doubts_is_shown_where_it_stands(lead, kb, text, manner, phrase):
    found = lead(PAPERS, text, manner)
    assert found.alone
    assert kb.facts[COMPANY].section_path in found.text
    assert "营业执照复印件" in found.text
    if phrase:
        assert found.text.startswith(kb.phrase("direct", phrase))


def test_who_asks_if_that_is_so_is_told_what_it_says(lead, kb):
    found = lead(PAPERS, "那就是可有可无呗", "sum_up")
    assert found.alone
    assert found.text.startswith(kb.phrase("direct", "said", entry="")[:5])
    assert "营业执照复印件" in found.text


def test_a_sentence_is_shown_word_for_word(lead, kb):
    found = lead("审核要多久", "这个规定是哪里写的", "source")
    assert fact_text(kb.facts["timeline.review"]) in found.text


def test_more_than_the_document_has_is_not_promised(lead, kb):
    found = lead(PAPERS, "讲细一些", "detail")
    assert found == Direct(kb.phrase("direct", "detail"))


def test_in_short(lead, kb):
    found = lead(PAPERS, "能不能简短一点列一下", "brief")
    assert found.alone
    assert found.text.startswith(kb.phrase("dialogue", "simplify"))
    assert len(found.text) < len(fact_text(kb.facts[COMPANY]))


def test_what_is_worked_out_leads_itself(hear, answer, today, kb):
    _, state = answer(DEADLINE, "10月18号")
    fact = "timeline.submit_deadline"
    parts = {fact: worked_out(fact, state, hear("晚了会怎样", state), today, kb)}
    assert direct([fact], hear("10月18号", state), state, kb, parts) is None
    # what follows otherwise is all that is asked for
    otherwise = direct([fact], hear("晚了会怎样", state), state, kb, parts)
    assert otherwise == Direct(kb.facts[fact].consequence, True)
    short = direct([fact], hear("说简单点", state), state, kb, parts)
    assert short.alone
    assert "2026年11月17日" in short.text


def test_what_has_not_been_shown_is_no_follow_up(hear, kb):
    state = Discourse(stated=(COMPANY,), last="answered", focus=Matter("subject_info"))
    heard = hear("为什么要这些", state)
    assert heard.meaning.manner == "why"
    assert direct([COMPANY], heard, state, kb) is not None
    assert direct(["timeline.review"], heard, state, kb) is None


def test_every_entry_is_meant_by_its_own_words(hear, kb):
    """Of every list, whoever types an entry itself means that entry."""
    for fact in kb.facts.values():
        for entry in fact.items:
            heard = hear(entry)
            assert entry_meant(fact, heard, kb) == entry, (fact.id, entry)


def test_words_that_everything_shares_mean_no_entry(hear, kb):
    for text in ("要吗", "需要什么材料", "备案变更", "这个呢"):
        assert entry_meant(kb.facts[COMPANY], hear(text), kb) is None


def test_a_document_means_its_entry_by_any_name(hear, kb):
    heard = hear("变更函要原件吗")
    assert heard.said.documents == ("change_notice",)
    assert entry_meant(kb.facts[COMPANY], heard, kb) == "工商变更通知书（如有）"


def test_points_are_entries_and_sentences(kb):
    assert entries_of(kb.facts[COMPANY]) == kb.facts[COMPANY].items, "what leads to a list is no point"
    sentences = entries_of(kb.facts["timeline.submit_deadline"])
    assert len(sentences) == 2
    assert "30日" in sentences[0]
    assert "罚款" in sentences[1]
