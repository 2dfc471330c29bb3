"""Nobody asks at once for the very thing that they were told."""

import pytest

from beian.kb import load_knowledge
from beian.reading.meaning import Meaning
from beian.reading.told_just_now import not_told_just_now

KB = load_knowledge()


def test_another_fact_is_meant_where_one_is_likely(hear, answer):
    _, state = answer("换法人要哪些材料")
    texts = ["怎么弄", "怎么弄呀", "那咋整", "然后怎么走", "具体怎么操作呢", "咋办理"]
    read = {text: hear(text, state).meaning for text in texts}
    # the model's own first choice is what was told
    echoed = {text: one for text, one in read.items() if one.ranking[0][0] in state.stated}
    moved = [text for text, one in echoed.items() if one.targets and one.targets != state.stated]
    assert moved, echoed


@pytest.mark.parametrize("text", ["要哪些材料来着", "换法人要交的材料有哪些"])
def test_who_asks_for_it_by_its_words_is_told_again(hear, answer, text):
    _, state = answer("换法人要哪些材料")
    assert hear(text, state).meaning.targets == state.stated


def test_what_names_something_is_left_alone(hear, answer):
    _, state = answer("换法人要哪些材料")
    said = hear("那法人呢", state).said
    given = Meaning(
        "answer",
        state.stated,
        "ask",
        0.5,
        (),
        (*((fact, 0.5) for fact in state.stated), ("procedure.login", 0.4)),
    )
    assert not_told_just_now(given, said, state, KB) == given
