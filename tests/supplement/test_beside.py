"""No block of the second layer stands where it does not concern the point that is asked."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from beian.dialogue.answer import reply_to
from beian.hearing.heard import Heard
from beian.kb import load_knowledge
from beian.meaning.said import said_of
from beian.meaning.state import Discourse
from beian.reading.meaning import Meaning
from beian.supplement.choose import Read
from beian.supplement.layer import Choice, Layer
from beian.supplement.words import marker

KB = load_knowledge()
TODAY = date(2026, 11, 27)
FIRST, SECOND = "supplement.access_provider.time", "supplement.access_provider.materials"
OTHER = "supplement.validity.annual"
QUESTION = "接入备案办起来是怎么个情况呢"


@pytest.fixture(autouse=True)
def on(monkeypatch):
    monkeypatch.delenv("BEIAN_SUPPLEMENT", raising=False)
    monkeypatch.delenv("BEIAN_SUPPLEMENT_WITHOUT", raising=False)


def chosen(text: str, *chances: tuple[str, float]) -> Choice:
    """What is made of these chances of facts."""
    layer = Layer(KB)
    rest = [(name, 0.0) for name in KB.supplement.facts if name not in dict(chances)]
    layer.__dict__["facts"] = SimpleNamespace(chances=lambda *_: [*chances, *rest])
    return layer.choose(text, Read.of_theme("access_provider"))


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [(0.9, 0.08, 1), (0.6, 0.2, 1), (0.5, 0.3, 2), (0.4, 0.35, 2), (0.45, 0.2, 0), (0.3, 0.28, 0)],
)
def test_a_second_fact_is_told_only_where_it_is_likely_meant(first, second, told):
    choice = chosen(QUESTION, (FIRST, first), (SECOND, second))
    assert [fact.id for fact in choice.facts] == [FIRST, SECOND][:told]
    assert bool(choice.titles) == (not told)


def test_of_keywords_alone_it_is_asked_which_of_two():
    for chances in ((0.5, 0.3), (0.8, 0.1)):
        assert chosen("接入备案", *zip((FIRST, SECOND), chances, strict=True)).titles
    assert chosen("接入备案", (FIRST, 0.6), (SECOND, 0.05)).facts


def heard(text: str, *targets: str, alone: float = 0.95) -> Heard:
    meaning = Meaning("answer", targets, "ask", 0.95, ranking=((targets[0], 0.95), ("", 0.0)), alone=alone)
    return Heard(meaning, said_of(text, [], KB), (), TODAY)


def told(message: Heard, state: Discourse) -> list[str]:
    reply, _ = reply_to(message, state, TODAY, KB)
    assert (marker(KB) in reply.text) == bool(reply.extra.get("supplement"))
    return [entry["id"] for entry in reply.extra.get("supplement", [])]


@pytest.mark.parametrize(("alone", "again"), [(0.95, []), (0.2, [OTHER])])
def test_what_was_told_stays_for_what_needs_it_and_not_for_another_question(monkeypatch, alone, again):
    _, after = reply_to(heard("ICP备案每年都要年审吗", "uncovered/validity"), Discourse(), TODAY, KB)
    assert after.supplement == (OTHER,)
    monkeypatch.setattr(Layer, "choose", lambda *_, **__: Choice())
    assert told(heard("有效期这件事归谁来管呢", "uncovered/validity", alone=alone), after) == again


@pytest.mark.parametrize(("leading", "shown"), [(FIRST, []), (OTHER, [OTHER])])
def test_under_the_heading_of_a_theme_stands_only_what_is_of_it(monkeypatch, leading, shown):
    other = OTHER if leading == FIRST else FIRST
    facts = tuple(KB.supplement.facts[name] for name in (leading, other))
    monkeypatch.setattr(Layer, "choose", lambda *_, **__: Choice(facts, chance=0.6))
    message = heard("公司换法人要什么材料，备案每年要年审吗", "materials.subject_info.enterprise")
    targets = (*message.meaning.targets, "uncovered/validity")
    message = replace(message, meaning=replace(message.meaning, targets=targets))
    assert told(message, Discourse()) == shown
