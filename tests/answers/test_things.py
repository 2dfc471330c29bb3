"""What may be named in a sentence of ours: a thing or a short question, never a whole sentence."""

import pytest

from beian.answers.things import as_asked, thing_named
from beian.kb import load_knowledge

KB = load_knowledge()


@pytest.mark.parametrize(
    ("point", "thing"),
    [
        ("户口本呢", "户口本"),
        ("外地户口", "外地户口"),
        ("房产证", "房产证"),
        ("换邮箱那个也是这些吗", None),
        ("过户协议得找律师写吗", None),
        ("side", None),
        ("他", None),
        ("老李呢", None),
        ("张总那边呢", None),
    ],
)
def test_a_thing(point, thing):
    assert thing_named(point, KB) == thing


@pytest.mark.parametrize(
    ("point", "asked"),
    [
        ("要不要手持", "要不要手持"),
        ("停几天呢", "停几天"),
        ("他自己要拍身份证还是我拍", None),
        ("这些东西谁去交", None),
        ("总结一下要做什么", None),
        ("电话那件也是这些吗", None),
    ],
)
def test_a_short_question(point, asked):
    assert as_asked(point) == asked


@pytest.mark.parametrize("text", ["过户协议得找中介写吗", "协议是我写还是他们写"])
def test_a_sentence_is_not_quoted(answer, text):
    reply, _ = answer("主体过户要哪些材料", text)
    assert text not in reply.text
    assert "没有写" in reply.text or "写明的只有" in reply.text
