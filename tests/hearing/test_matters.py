"""Several changes in hand: which of them is meant."""

import pytest

from beian.hearing.matters import of_one_matter
from beian.kb import load_knowledge
from beian.meaning.state import Discourse, Matter

KB = load_knowledge()
COMPANY, SERVER = "materials.subject_info.enterprise", "materials.website_info.server"
ADDRESS = Matter("subject_info", "registered_address", "enterprise")
MACHINE = Matter("website_info", "server", "enterprise")
BOTH = Discourse(stated=(COMPANY, SERVER), last="answered", focus=ADDRESS, matters=(ADDRESS, MACHINE))


@pytest.mark.parametrize(
    ("text", "fact", "item"),
    [
        ("先弄地址的，要什么材料", COMPANY, "registered_address"),
        ("地址那边要什么材料", COMPANY, "registered_address"),
    ],
)
def test_a_part_of_its_name_tells_which(hear, text, fact, item):
    heard = of_one_matter(hear(text, BOTH), BOTH, KB)
    assert heard.meaning.targets == (fact,)
    assert ("item", item) in heard.said.named


@pytest.mark.parametrize("text", ["要什么材料", "最晚哪天交"])
def test_what_tells_none_means_all(hear, text):
    heard = hear(text, BOTH)
    assert of_one_matter(heard, BOTH, KB) == heard


def test_with_one_change_there_is_nothing_to_tell_apart(hear):
    alone = Discourse(focus=ADDRESS)
    heard = hear("地址的要什么材料", alone)
    assert of_one_matter(heard, alone, KB) == heard


def test_a_day_is_that_of_the_change_that_is_not_denied(answer):
    _, state = answer("地址11月3号变的，服务器还没换", after=BOTH)
    assert (state.focus.item, state.focus.changed) == ("registered_address", "2026-11-03")
