import jieba

from beian.text.words import Segmenter


def test_terms_stay_whole(segmenter):
    words = [word for word, _ in segmenter.cut("备案主体的接入商和统一社会信用代码")]
    assert {"备案主体", "接入商", "统一社会信用代码"} <= set(words)


def test_offsets_point_into_the_text(segmenter):
    text = "换 服务器 ip 要多久"
    for word, start in segmenter.cut(text):
        assert text[start : start + len(word)] == word
        assert word.strip()


def test_ordinary_words_are_those_of_general_chinese(segmenter):
    assert segmenter.is_ordinary("语言")
    assert not segmenter.is_ordinary("备按")
    assert not segmenter.is_ordinary("空壳主体"), "the vocabulary's own terms do not count"


def test_the_process_wide_dictionary_is_left_alone():
    Segmenter(["某个绝无仅有的词"])
    assert "某个绝无仅有的词" not in list(jieba.cut("这是某个绝无仅有的词"))
