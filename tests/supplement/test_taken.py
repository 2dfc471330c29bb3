"""What the first step was unsure of is taken by the second layer where that is sure; the rest never."""

from dataclasses import replace
from datetime import date

import pytest

from beian.calendar.dates import find_dates
from beian.dialogue.answer import reply_to
from beian.dialogue.second_layer_taken import POSSIBLE, SURELY, instead, read_of
from beian.hearing.heard import Heard
from beian.kb import load_knowledge
from beian.meaning.said import said_of
from beian.meaning.state import Discourse
from beian.reading.meaning import Meaning

KB = load_knowledge()
TODAY = date(2026, 11, 27)
TEXT, FACT, THEME = "App不运营了备案要注销吗", "type.cancel_website", "uncovered/app_filing"
ENTRY = "supplement.app_filing.cancel"


@pytest.fixture(autouse=True)
def on(monkeypatch):
    monkeypatch.delenv("BEIAN_SUPPLEMENT", raising=False)
    monkeypatch.delenv("BEIAN_SUPPLEMENT_WITHOUT", raising=False)


def unsure(text: str = TEXT, chance: float = 0.6, theme: float = 0.2, manner: str = "ask") -> Heard:
    ranking = ((FACT, chance), (THEME, theme), ("out_of_scope", 0.01))
    meaning = Meaning("answer", (FACT,), manner, chance, ranking=ranking, alone=0.6)
    return Heard(meaning, said_of(text, [], KB), (), TODAY)


def told(heard: Heard, state: Discourse | None = None) -> tuple[str, list[str]]:
    reply, _ = reply_to(heard, state or Discourse(), TODAY, KB)
    return reply.status, [entry["id"] for entry in reply.extra.get("supplement", [])]


def test_a_question_that_was_unsurely_taken_for_a_fact_is_the_layers():
    assert told(unsure()) == ("uncovered", [ENTRY])


@pytest.mark.parametrize(
    "heard",
    [
        unsure(chance=SURELY),
        unsure(theme=POSSIBLE / 2),
        unsure(manner="tell"),
        unsure(text="这个网站不用了怎么办"),
        replace(unsure(), days=tuple(find_dates("昨天", TODAY))),
    ],
    ids=["surely a fact", "no open theme", "no question", "nothing of the layer", "a day is told"],
)
def test_the_document_goes_first(heard):
    status, shown = told(heard)
    assert status == "answered" and ENTRY not in shown


def test_what_follows_upon_facts_of_the_document_is_about_them():
    _, after = reply_to(unsure(text="网站不用了要注销吗", chance=0.99), Discourse(), TODAY, KB)
    assert after.stated == (FACT,)
    heard = unsure()
    assert instead(heard, after, KB) is heard
    assert instead(heard, Discourse(), KB) is not heard


def test_off_it_takes_nothing(monkeypatch):
    monkeypatch.setenv("BEIAN_SUPPLEMENT", "off")
    assert told(unsure()) == ("answered", [])


def test_a_reading_tells_what_is_open_what_is_foreign_and_what_was_taken_instead():
    read = read_of(unsure().meaning)
    assert (read.themes, read.open, read.foreign, read.alone) == ({"app_filing": 0.2}, 0.2, 0.01, 0.6)
    of_theme = replace(unsure().meaning, targets=(THEME,))
    assert read_of(of_theme).alone == 0.0


@pytest.mark.parametrize("text", ["备案被打回来了", "备案让管局退回来了"])
def test_what_is_told_without_a_question_is_no_open_theme(answer, text):
    reply, _ = answer(text)
    assert reply.status == "answered"


FORMAT = "uncovered/material_format"


def after_the_format(text: str, itself: tuple[str, float], theme: float) -> Heard:
    """A message that was read as about a reason for a rejection, while the format of papers was talked of."""
    ranking = (("rejection.domain_mismatch", 0.46), ("rejection.resubmit", 0.1), (FORMAT, theme))
    meaning = Meaning(
        "answer", ("rejection.domain_mismatch",), "ask", 0.46, ranking=ranking, alone=0.39, itself=itself
    )
    return Heard(meaning, said_of(text, [], KB), (), TODAY)


@pytest.mark.parametrize(
    ("itself", "theme", "taken"),
    [
        (("rejection.domain_mismatch", 0.35), 0.0, False),
        (("rejection.domain_mismatch", 0.35), 0.1, True),
        (("out_of_scope", 0.35), 0.0, True),
    ],
    ids=["says something of a fact", "may be the theme", "says nothing of a fact"],
)
def test_a_message_about_something_else_leaves_the_theme(itself, theme, taken):
    state = Discourse(theme=FORMAT, last="uncovered")
    message = after_the_format("那我先补盖章的提交了,域名后面再说,行不", itself, theme)
    assert (instead(message, state, KB).meaning.targets == (FORMAT,)) is taken
