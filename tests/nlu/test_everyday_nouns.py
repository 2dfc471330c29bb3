"""Nouns that stand for the subjects that nobody thought of."""

from beian.nlu.everyday_nouns import everyday_nouns


def test_nouns_are_many_short_and_different():
    nouns = everyday_nouns(())
    assert len(nouns) == len(set(nouns)) > 5000
    assert {len(noun) for noun in nouns} == {2, 3}


def test_none_stands_in_a_known_text():
    noun = everyday_nouns(())[0]
    assert noun not in everyday_nouns([f"我的{noun}网站怎么备案"])


def test_the_order_is_the_same_each_time():
    assert everyday_nouns(["网站"]) == everyday_nouns(["网站"])
