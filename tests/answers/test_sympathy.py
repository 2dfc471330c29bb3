"""Half a sentence of sympathy before the answer, for who is upset and asks."""

import pytest

from beian.kb import load_knowledge

KB = load_knowledge()
OTHER, REJECTED = KB.phrase("sympathy", "other"), KB.phrase("sympathy", "rejected")


@pytest.mark.parametrize(
    ("text", "said"),
    [("烦死了，审核到底要多久", OTHER), ("又给我打回来了，气死我了，材料不齐怎么办", REJECTED)],
)
def test_it_stands_before_the_answer(answer, text, said):
    reply, state = answer(text)
    assert reply.text.startswith(f"{said}\n")
    assert state.stated


def test_who_only_asks_is_only_answered(answer):
    reply, _ = answer("审核到底要多久")
    assert OTHER not in reply.text


def test_what_is_said_of_feelings_alone_has_its_own_words(answer):
    reply, _ = answer("气死我了")
    assert not reply.text.startswith((f"{OTHER}\n", f"{REJECTED}\n"))
