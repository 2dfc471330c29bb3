"""A number beyond what was offered means none of it."""

import pytest

from beian.kb import load_knowledge
from beian.meaning.said import Said
from beian.meaning.state import Discourse
from beian.reading.meaning import Meaning
from beian.reading.no_such_entry import no_such_entry

KB = load_knowledge()


@pytest.mark.parametrize(
    ("text", "outcome"), [("第九个", "ask"), ("第12条呢", "ask"), ("第二个", "answer"), ("那个", "answer")]
)
def test_a_number_beyond_what_was_offered_is_asked_back(text, outcome):
    entries = KB.facts["materials.overview"].lists
    meaning = Meaning("answer", (entries[1],), "entry", 0.5)
    state = Discourse(stated=("materials.overview",), entries=entries)
    assert no_such_entry(meaning, Said(text), state, KB).outcome == outcome


@pytest.mark.parametrize(("text", "number"), [("第五个呢", "5"), ("第七项呢", "7")])
def test_of_a_list_that_was_stated_it_is_said_that_there_is_none(answer, text, number):
    reply, _ = answer("换法人要哪些材料", text)
    assert number in reply.text.splitlines()[0]
