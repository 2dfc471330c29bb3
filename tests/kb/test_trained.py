"""What of an edit needs training again, and what does not."""

from dataclasses import replace

import pytest

from beian.kb import load_knowledge
from beian.kb.trained import to_train_again

KB = load_knowledge()
FACT = KB.facts["timeline.review"]
TERM = KB.terms[0]


def _with(fact) -> dict:
    return {**KB.facts, fact.id: fact}


REWORDED = {
    "text of a fact": replace(KB, facts=_with(replace(FACT, body=(("text", ("另一种说法。",)),)))),
    "reason": replace(KB, facts=_with(replace(FACT, why="因为如此。"))),
    "section": replace(KB, facts=_with(replace(FACT, section=("别处",)))),
    "phrase": replace(KB, phrases={**KB.phrases, "smalltalk": {**KB.phrases["smalltalk"], "greet": "好"}}),
    "phone": replace(KB, phone="10000"),
    "calendar": replace(KB, calendar=replace(KB.calendar, submit_days=31)),
    "forbidden word": replace(KB, forbidden_words=(*KB.forbidden_words, "某字样")),
}


@pytest.mark.parametrize("edit", REWORDED)
def test_wording_is_not_trained_on(edit):
    assert to_train_again(REWORDED[edit], KB) == []


TRAINED = {
    "alias": (replace(KB, terms=(replace(TERM, aliases=("新说法",)), *KB.terms[1:])), "名称与别名", TERM.id),
    "order": (replace(KB, terms=KB.terms[::-1]), "名称与别名", "次序"),
    "term": (replace(KB, plain_terms=(*KB.plain_terms, "新词")), "terms、spellings", "新词"),
    "spelling": (replace(KB, spellings={**KB.spellings, "新写": "新词"}), "terms、spellings", "新写"),
    "foreign": (replace(KB, foreign_objects=(*KB.foreign_objects, "别处的证")), "foreign.yml", "别处的证"),
    "title": (replace(KB, facts=_with(replace(FACT, title="新题"))), "标题、问句", FACT.id),
    "question": (replace(KB, facts=_with(replace(FACT, question="新问"))), "标题、问句", FACT.id),
    "next": (replace(KB, facts=_with(replace(FACT, next=()))), "next", FACT.id),
    "entries": (
        replace(KB, facts=_with(replace(FACT, body=(("list", ("一", "二", "三")),)))),
        "清单的条数",
        FACT.id,
    ),
    "one fact less": (
        replace(KB, facts={name: fact for name, fact in KB.facts.items() if name != FACT.id}),
        "标题、问句",
        FACT.id,
    ),
}


@pytest.mark.parametrize("edit", TRAINED)
def test_what_is_trained_on_is_told_with_its_place(edit):
    kb, part, name = TRAINED[edit]
    lines = to_train_again(kb, KB)
    assert any(part in line and name in line for line in lines), lines
    assert to_train_again(KB, kb), "the way back needs it as well"


def test_many_differences_are_cut_short():
    (line,) = to_train_again(replace(KB, foreign_objects=()), KB)
    assert line.endswith("、……）") and line.count("、") == 5
