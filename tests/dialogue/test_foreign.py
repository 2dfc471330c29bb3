"""What is none of the assistant's business, and what of the filing it may have meant."""

import pytest

from beian.dialogue.foreign import none_of_ours
from beian.kb import load_knowledge
from beian.meaning.state import Discourse
from beian.reading.deciding import POSSIBLE

KB = load_knowledge()


@pytest.mark.parametrize("text", ["今天天气怎么样", "驾照过户要什么材料", "红烧肉怎么做"])
def test_what_cannot_be_meant_gets_the_opening_questions(answer, text):
    reply, _ = answer(text)
    assert reply.status == "out_of_scope"
    assert reply.text.startswith(KB.phrase("out_of_scope", "text"))


def test_what_may_be_meant_is_offered_first(hear):
    texts = ["工厂搬到开发区去了", "店招牌换了", "幼儿园换园长了", "仓库挪地方了", "董秘辞职了"]
    near = {}
    for text in texts:
        heard = hear(text)
        reply, after = none_of_ours(heard, Discourse(), KB)
        own = [fact for fact, chance in heard.meaning.ranking if fact in KB.facts and chance >= POSSIBLE]
        titles = [entry["title"] for entry in reply.buttons]
        asked = [KB.question_of(fact) for fact in own[:2]]
        assert titles[: len(asked)] == asked, text
        assert all(question in reply.text for question in asked), text
        assert reply.status == "out_of_scope"
        assert after.asked is None
        near[text] = asked
    assert any(near.values())
