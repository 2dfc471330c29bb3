"""What is learned of spelling from a few messages, and what the repair makes of it."""

from pathlib import Path

import pytest

from beian.nlu.spelling import learn
from beian.text.message_signs import Signs
from beian.text.normalize import normalize
from beian.text.repair import Repairer
from beian.text.word_pairs import BORDER, LATIN, NUMBER, WordPairs

# Each is said so often that the words count as known.
OFTEN = 12
MESSAGES = (
    "审核一般要几个工作日啊",
    "营业执照要盖公章吗",
    "备案一直拖着不改会罚款吗",
    "备案变更的流程是什么",
    "服务器换了要交什么凭证",
    "换了IP要改备案吗",
    "公司地址变了几天内要改备案",
    "30天内没改会怎样",
    "负责人要在承诺书上签字",
)
ENGLISH = ("how long does the review take", "can i change the name of my site", "the domain was changed")
FOREIGN = ("火锅底料怎么炒", "火锅店几点开门")


@pytest.fixture(scope="module")
def pairs(kb, segmenter) -> WordPairs:
    filings = [normalize(text) for text in (*MESSAGES, *ENGLISH) for _ in range(OFTEN)]
    foreign = list(FOREIGN) * OFTEN
    others = [False] * len(filings) + [True] * len(foreign)
    return learn([*filings, *foreign], others, kb.words, segmenter)


@pytest.fixture(scope="module")
def read(kb, segmenter, pairs):
    repairer = Repairer(pairs, kb.words, kb.spellings, segmenter.is_ordinary, segmenter.common_words())
    return lambda text: repairer(normalize(text))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("审合一般要几个工做日阿", "审核一般要几个工作日啊"),
        ("营业执找要盖公张马", "营业执照要盖公章吗"),
        ("备案一直脱着不改", "备案一直拖着不改"),
        ("备按变更的流成", "备案变更的流程"),
        ("负责人要在成诺书上千字", "负责人要在承诺书上签字"),
        ("gongsi dizhi bian le ji tian nei yao gai beian", "公司地址变了几天内要改备案"),
        ("gong1si1 di4zhi3 yao4 gai3 bei4an4", "公司地址要改备案"),
        ("gōng sī dì zhǐ yào gǎi bèi àn", "公司地址要改备案"),
        ("YINGYEZHIZHAO要gai gongzhang吗", "营业执照要盖公章吗"),
        ("30tian nei yao gai beian", "30天内要改备案"),
        ("huan le IP yao gai beian ma", "换了 ip 要改备案吗"),
    ],
)
def test_slips_and_pinyin_are_read_as_they_were_meant(read, written, meant):
    assert read(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "how long does the review take",
        "can i change the name",
        "beian.miit.gov.cn上查不到",
        "换了ip和dns",
        "me@beian.com",
        "网站名叫“备按的流成”",
        "网站名叫备按流成",
        "火锅店换了锅底",
        "审核一般要几个工作日啊",
    ],
)
def test_another_language_names_and_clean_text_stay(read, text):
    assert read(text) == normalize(text)


def test_a_slip_in_the_messages_is_not_learned(kb, segmenter):
    texts = ["备案要多久"] * 30 + ["备按要多久"] * 2
    pairs = learn(texts, [False] * len(texts), kb.words, segmenter)
    assert "备按" not in pairs.words
    assert pairs.after[BORDER].keys() == {"备案"}


def test_what_is_no_word_counts_by_its_sign(pairs):
    assert NUMBER in pairs.after[BORDER]
    assert "天内" in pairs.after[NUMBER]
    assert LATIN in pairs.after[LATIN]
    assert "review" in pairs.latin


def test_words_of_other_subjects_are_known_as_such(pairs):
    assert "火锅" in pairs.foreign
    assert "公章" not in pairs.foreign


def test_what_was_learned_is_the_same_when_read_again(pairs, segmenter, tmp_path: Path):
    pairs.save(tmp_path)
    again = WordPairs.load(tmp_path, segmenter.share)
    assert again.fingerprint() == pairs.fingerprint()
    assert again.after == pairs.after
    assert again.chance("公司", "地址") == pairs.chance("公司", "地址")


def test_what_a_message_is_made_of():
    signs = Signs("huan le ip, 30tian内 beian.gov.cn 名字叫甲乙丙")
    words = {signs.text[start : word.end]: word.pinyin for start, word in signs.latin.items()}
    assert words == {"huan": True, "le": True, "ip": False, "tian": True, "beian.gov.cn": False}
    assert signs.named[signs.text.index("甲")]
    assert not signs.is_english
    assert Signs("please take the review").is_english
