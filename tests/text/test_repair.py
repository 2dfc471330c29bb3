from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beian.nlu.data_check import fold, read_messages
from beian.text.normalize import normalize

CLEAN = Path(__file__).with_name("clean_sentences.txt")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("备按变更要多久", "备案变更要多久"),
        ("怎么注消备案", "怎么注销备案"),
        ("幕步怎么拍", "幕布怎么拍"),
        ("被驳会了", "被驳回了"),
        ("域明解析要切吗", "域名解析要切吗"),
        ("工新部能查到吗", "工信部能查到吗"),
        ("接入尚要换", "接入商要换"),
        ("真实性合验单在哪", "真实性核验单在哪"),
        ("统一社会新用代码变了", "统一社会信用代码变了"),
        ("网站附责人换了", "网站负责人换了"),
        ("法定代表忍换了", "法定代表人换了"),
        ("审河要几天", "审核要几天"),
        ("管菊审核", "管局审核"),
        ("beian biangeng要什么材料", "备案变更要什么材料"),
        ("BEIAN怎么变更", "备案怎么变更"),
        ("beianbiangeng", "备案变更"),
        ("zhuxiao wangzhan 要啥", "注销网站 要啥"),
        ("備按變更", "备案变更"),
    ],
)
def test_terms_spelt_by_sound_are_restored(repair, written, meant):
    assert repair(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "beian.miit.gov.cn怎么打不开",
        "https://www.aliyun.com/beian",
        "me@beian.com",
        "my beian website",
        "beian123",
        "icp",
        "dns解析",
        "123",
        "",
        "a",
    ],
)
def test_letters_that_are_no_pinyin_stay(repair, text):
    assert repair(text) == normalize(text)


def clean_sentences() -> list[str]:
    return CLEAN.read_text(encoding="utf-8").splitlines()


def test_the_clean_sentences_are_many_and_none_is_known_from_training():
    sentences = clean_sentences()
    assert len(set(sentences)) == len(sentences) >= 300
    known = {fold(text) for text, _ in read_messages()}
    assert not [text for text in sentences if fold(text) in known]


def test_clean_text_is_never_damaged(repair):
    changed = {text: repair(text) for text in clean_sentences() if repair(text) != normalize(text)}
    assert not changed


def test_what_the_assistant_says_is_never_damaged(kb, repair):
    for fact in kb.facts.values():
        for text in (fact.title, fact.question, *(line for _, lines in fact.body for line in lines)):
            assert repair(text) == normalize(text)


def test_every_term_stays_itself(kb, repair):
    for word in kb.words:
        assert repair(word) == kb.spellings.get(word, normalize(word))


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("备按案变更注消销幕步布beianzhuxo 的了吗网站域名解析12."), max_size=30)
)
def test_a_repaired_message_keeps_its_length_of_sounds_and_never_fails(repair, text):
    repaired = repair(text)
    assert isinstance(repaired, str)
    # repairs only replace: letters by fewer characters, characters by as many
    assert len(repaired) <= len(normalize(text))


def test_other_spellings_are_read_as_the_term(kb, repair):
    for spelling, term in kb.spellings.items():
        assert repair(f"我的{spelling}换了") == f"我的{term}换了"
