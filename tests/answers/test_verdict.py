"""The verdict on a yes-or-no question: first words of its own, and nothing the fact does not say."""

import pytest

from beian.answers.verdict import verdict
from beian.kb import load_knowledge
from beian.meaning.state import Discourse, Matter

KB = load_knowledge()
WORDINGS = {key: text for key, text in KB.phrases["verdict"].items() if "." in key}


@pytest.fixture
def said(hear):
    def found(fact: str, text: str, **focus: str) -> str | None:
        state = Discourse(focus=Matter(**focus))
        return verdict([KB.facts[fact]], hear(text, state), state, KB)

    return found


def test_a_verdict_comes_first(said):
    assert said("access.server_change", "审核通过前能切解析吗").startswith("先不要切换")
    assert said("rejection.domain_mismatch", "不过户行不行").startswith("不行，")


def test_the_customers_own_kind_of_subject(said):
    rule = "notice.server_locality"
    assert said(rule, "个人备案的服务器一定要在本地吗").startswith("个人备案")
    assert said(rule, "服务器有属地要求吗", subject_kind="enterprise").startswith("企业备案")
    assert "个人" in said(rule, "换服务器有属地要求吗")


def test_an_item_names_its_type(said):
    text = said("type.subject_info", "公司换地址要不要变更备案", item="registered_address")
    assert text.startswith("要，注册地址变了")


@pytest.mark.parametrize("text", ["审核期间解析怎么办", "换服务器"])
def test_only_for_yes_or_no(said, text):
    assert said("access.server_change", text) is None


def test_of_several_facts_none_is_picked(hear):
    facts = [KB.facts["access.server_change"], KB.facts["access.overview"]]
    assert verdict(facts, hear("能切解析吗"), Discourse(), KB) is None


@pytest.mark.parametrize("key", sorted(WORDINGS))
def test_a_verdict_says_what_its_fact_says(key):
    fact = KB.facts.get(key) or KB.facts[key.rpartition(".")[0]]
    whole = "".join(line for _, lines in fact.body for line in lines)
    figures = {char for char in WORDINGS[key] if char.isdigit()}
    assert figures <= set(whole)
    assert sum(char in whole for char in WORDINGS[key]) >= 0.7 * len(WORDINGS[key])


def test_who_must_not_do_without_is_named(said):
    required = KB.phrases["verdict"]["required"]
    assert set(required) <= set(WORDINGS)
