"""The facts against the document itself, which is no part of the repository.

It is read from BEIAN_PROCEDURE, else from ../shared/source/procedure.txt; CI has it there.
"""

import os
from pathlib import Path

import pytest

from beian.answers.brief import brief
from beian.answers.render import fact_text
from beian.kb import load_knowledge
from beian.original import originals_from
from beian.original.compare import hedges_of, keeps, lost, names_of, numbers_of
from beian.original.document import read_document
from beian.original.passage import Terms, passage
from beian.settings.answering import PROCEDURE

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = Path(os.environ.get(PROCEDURE) or ROOT.parent / "shared" / "source" / "procedure.txt")
KB = load_knowledge()
# What a sentence in fewer words may leave out is detail, never how sure it is.
DEGREES = ("通常", "可能", "约", "建议")


@pytest.fixture(scope="module")
def originals():
    if not DOCUMENT.is_file():
        pytest.skip(f"no document at {DOCUMENT}; name it with {PROCEDURE}")
    return originals_from(DOCUMENT, KB)


def section_of(original):
    return "\n".join("".join(piece.text for piece in line) for line in original.lines)


def statement_of(fact):
    """What a fact says; a list says the rest by the facts that it names."""
    return "\n".join(fact_text(KB.facts[name]) for name in (fact, *KB.facts[fact].lists))


def test_every_section_and_passage_is_found(originals):
    assert originals.faults == ()
    assert set(originals.by_fact) == set(KB.facts)


@pytest.mark.parametrize("fact", KB.facts)
def test_a_fact_keeps_hedges_numbers_and_names(originals, fact):
    original = originals.by_fact[fact]
    # how many entries a list has may be said, though the document does not count them
    counted = f"多了数字“{len(KB.facts[fact].items)}”"
    assert [
        one for one in lost(original.marked, section_of(original), statement_of(fact)) if one != counted
    ] == []


@pytest.mark.parametrize("fact", KB.facts)
def test_parts_of_a_fact_are_as_sure_as_the_document(originals, fact):
    """Reason, consequence and the short wording, each beside the sentences that it restates."""
    section = section_of(originals.by_fact[fact])
    lines = section.splitlines()
    terms = Terms(read_document(DOCUMENT).splitlines())
    parts = {
        "why": KB.facts[fact].why,
        "consequence": KB.facts[fact].consequence,
        "brief": brief(KB.facts[fact], KB),
    }
    for name, said in parts.items():
        marks = passage(lines, said or "", terms)
        restated = "\n".join(lines[mark.line][mark.start : mark.end] for mark in marks)
        missing = [kind for kind in DEGREES if kind in hedges_of(restated) and not keeps(said, kind)]
        assert not missing, (name, said, missing)
        assert numbers_of(said or "") <= numbers_of(section) | {str(len(KB.facts[fact].items))}, (name, said)


@pytest.mark.parametrize("fact", [fact.id for fact in KB.facts.values() if not fact.lists])
def test_the_marks_hold_what_the_fact_names(originals, fact):
    original = originals.by_fact[fact]
    assert numbers_of(fact_text(KB.facts[fact])) <= numbers_of(original.marked)
    section = section_of(original)
    named = [name for name in names_of(fact_text(KB.facts[fact])) if f"“{name}”" in section]
    assert [name for name in named if name not in original.marked] == []


def test_facts_of_one_section_rest_on_passages_of_their_own(originals):
    shared = {}
    for fact in KB.facts.values():
        shared.setdefault(fact.section, []).append(originals.by_fact[fact.id].marked)
    several = [marked for marked in shared.values() if len(marked) > 1]
    assert several
    assert all(len(set(marked)) == len(marked) for marked in several)
