from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beian.kb import load_knowledge
from beian.names import check_name

KB = load_knowledge()
BROKEN = {
    "中国好茶网": ["中国"],
    "中华美食": ["中华"],
    "国家宝藏粉丝站": ["国家"],
    "政府采购通": ["政府"],
    "中國好茶": ["中国"],
    "中華詩詞": ["中华"],
    "國家隊": ["国家"],
    "中.国好茶": ["中国"],
    "中·国好茶": ["中国"],
    "中 国 好 茶": ["中国"],
    "中　国好茶": ["中国"],
    "中-国": ["中国"],
    "中_国": ["中国"],
    "政*府通": ["政府"],
    "国【家】队": ["国家"],
    "中\u200b国茶": ["中国"],
    "中🍵国茶": ["中国"],
    "Ｃｈｉｎａ中国": ["中国"],
    "中华国家馆": ["中华", "国家"],
    "中国国家地理": ["中国", "国家"],
    "国家中国国家": ["国家", "中国"],
    "中国家具网": ["中国"],
    "中国政府网": ["中国", "政府"],
}
ALLOWED = [
    "绿叶书屋",
    "老王的茶馆",
    "中原美食",
    "国风雅集",
    "华夏诗社",
    "国画之家",
    "家国情怀",
    "政务通",
    "府城小吃",
    "GoodTea",
    "中1国好茶",
    "国2家队",
    "中",
    "",
]


@pytest.mark.parametrize(("name", "words"), BROKEN.items())
def test_broken(name, words):
    verdict = check_name(name, KB)
    assert verdict.broken == tuple(words)
    assert (verdict.name, verdict.allowed) == (name, False)


@pytest.mark.parametrize("name", ALLOWED)
def test_allowed(name):
    verdict = check_name(name, KB)
    assert (verdict.broken, verdict.allowed) == ((), True)


SEPARATORS = st.text(alphabet=" .·-_*/|~　…、", max_size=3)


@given(
    st.sampled_from(KB.forbidden_words),
    SEPARATORS,
    st.text(alphabet="绿叶书屋茶", max_size=5),
    st.text(alphabet="绿叶书屋茶", max_size=5),
)
def test_a_forbidden_word_is_seen_whatever_stands_in_it(word, separator, before, after):
    verdict = check_name(before + separator.join(word) + after, KB)
    assert verdict.broken == (word,)


@given(st.text(max_size=40))
def test_broken_words_decide(name):
    verdict = check_name(name, KB)
    assert verdict.allowed is (not verdict.broken)
    assert set(verdict.broken) <= set(KB.forbidden_words)
    assert check_name(name, KB) == verdict
