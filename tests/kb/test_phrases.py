"""Every phrase can be said: the code fills all placeholders, and uses no phrase that is not there."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from beian.answers.render import MOST_CHARACTERS, facts_text
from beian.answers.reply import uncovered
from beian.kb import load_knowledge
from beian.kb.said import said
from beian.meaning.state import Discourse, Matter

ROOT = Path(__file__).resolve().parents[2]
KB = load_knowledge()
ALWAYS = {"phone"}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Calls of KnowledgeBase.phrase in the code, with their place."""
    for folder in ("beian", "actions"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                called = node.func if isinstance(node, ast.Call) else None
                if isinstance(called, ast.Attribute) and called.attr == "phrase":
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", node


CALLS = list(calls())


def text_of(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_the_code_uses_phrases():
    assert len(CALLS) > 20


@pytest.mark.parametrize(("place", "call"), CALLS, ids=[place for place, _ in CALLS])
def test_the_code_fills_the_placeholders_of_phrases_that_exist(place, call):
    group, name = (text_of(argument) for argument in call.args)
    if group is None:
        return
    assert group in KB.phrases, place
    if name is None:
        return
    assert name in KB.phrases[group], f"{place}: {group}.{name}"
    filled = {keyword.arg for keyword in call.keywords}
    if None in filled:
        return
    wanted = placeholders(KB.phrases[group][name]) - ALWAYS
    assert wanted <= filled, f"{place} does not fill {wanted - filled} of {group}.{name}"
    assert filled <= wanted, f"{place} fills {filled - wanted}, which {group}.{name} does not have"


def test_what_the_check_asks_for_is_what_the_code_says():
    """A name or a placeholder that the code gained or lost is declared in the schema of the phrases."""
    for place, call in CALLS:
        group, name = (text_of(argument) for argument in call.args)
        if group is None or name is None:
            continue
        assert name in said()[group], f"{place}: {group}.{name}"
        filled = {keyword.arg for keyword in call.keywords}
        assert None in filled or set(said()[group][name]) == filled, f"{place}: {group}.{name}"


@pytest.mark.parametrize("group", sorted(KB.phrases))
def test_phrases_render(group):
    for name, text in KB.phrases[group].items():
        if name == "facts":
            assert set(text) <= set(KB.facts), f"{group}.{name} names facts that are not there"
            continue
        if not isinstance(text, str):
            assert text
            assert all(isinstance(choice, str) and choice.strip() for choice in text)
            continue
        values = dict.fromkeys(placeholders(text) - ALWAYS, "某")
        said = KB.phrase(group, name, **values)
        assert said.strip()
        assert "{" not in said
        assert "}" not in said


def test_the_support_line_is_said_with_its_number():
    assert KB.phone in KB.phrase("uncovered", "contact")
    assert KB.phone in KB.phrase("handoff", "text")


@pytest.mark.parametrize("theme", [None, *sorted(KB.themes)])
def test_an_open_theme_is_named_with_what_is_near_and_whom_to_ask(theme):
    reply = uncovered(theme, KB)
    assert reply.status == "uncovered"
    stated = KB.themes[theme].stated if theme else None
    named = ("contact.support", *([stated] if stated else []))
    assert reply.facts == tuple(dict.fromkeys(named))
    assert KB.phone in reply.text
    assert "{" not in reply.text
    if stated:
        assert facts_text([KB.facts[stated]], Discourse(), KB) in reply.text
    if theme:
        assert KB.themes[theme].title in reply.text
        for fact in KB.themes[theme].nearest:
            if fact not in ("contact.support", stated):
                assert KB.facts[fact].title in reply.text


@pytest.mark.parametrize("fact", sorted(KB.facts))
def test_a_fact_renders_in_every_case(fact):
    items = [term for term in KB.terms if term.group == "item"]
    for matter in [Matter(), *(Matter(item.change_type, item.id) for item in items)]:
        text = facts_text([KB.facts[fact]], Discourse(focus=matter), KB)
        assert 0 < len(text) <= MOST_CHARACTERS
        assert "{" not in text
        for _, lines in KB.facts[fact].body:
            for line in lines:
                assert line in text


def test_the_checklist_has_sections_that_are_aspects():
    named = [*KB.phrases["checklist"]["sections"], *KB.phrases["checklist"]["cautions"]]
    assert set(named) <= set(KB.aspects)
    assert len(named) == len(set(named))


@pytest.mark.parametrize("kind", ["why", "consequence"])
def test_reasons_and_consequences_are_parts_of_their_statements(kind):
    """They are said alone, so they must say nothing that the fact does not."""
    told = [fact for fact in KB.facts.values() if getattr(fact, kind)]
    assert len(told) >= 5
    for fact in told:
        part, whole = getattr(fact, kind), "".join(line for _, lines in fact.body for line in lines)
        held = [character for character in part if character in whole]
        assert len(held) >= 0.5 * len(part), f"{fact.id}: {part}"
        assert part.endswith("。"), fact.id
