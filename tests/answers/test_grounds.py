"""Grounds and exceptions that are asked along with a rule follow it."""

from beian.answers.grounds import sources
from tests.dialogue.by_hand import KB

DUE = "timeline.submit_deadline"


def test_each_part_of_a_formal_question_is_met(answer, kb):
    reply, _ = answer("信息变更后须在多少日内提交？该期限自何时起算？有无例外情形？请注明出处。")
    assert reply.text.startswith("30日内")
    assert kb.phrase("exceptions", "none", said="")[:7] in reply.text
    assert kb.facts[DUE].section_path in reply.text


def test_the_law_is_named_where_the_document_names_it(answer):
    reply, _ = answer("信息变了多久内要交变更", "是哪个条例规定的")
    assert "《互联网信息服务管理办法》" in reply.text
    assert "overview.definition" in reply.facts


def test_restated_words_are_not_given_as_the_documents_own(answer, kb):
    reply, _ = answer("材料造假有什么后果", "请引原文并注明位置")
    assert reply.text.startswith(kb.phrase("direct", "restated"))


def test_who_asks_for_no_ground_gets_none(answer, kb):
    reply, _ = answer("公司换法人要什么材料，要多久审完")
    assert "依据" not in reply.text


def test_each_section_once():
    facts = [KB.facts[DUE], KB.facts[DUE]]
    assert len(sources(facts, KB)) == 1
