import numpy as np

from beian.nlu.lexical import MINIMUM_MESSAGES, LexicalFeatures, character_grams, word_grams


def parts(text, *tokens, marks=()):
    return character_grams(text), word_grams(tokens, marks)


def test_character_grams_mark_the_borders():
    assert character_grams("备案") == [
        "\x02",
        "备",
        "案",
        "\x03",
        "\x02备",
        "备案",
        "案\x03",
        "\x02备案",
        "备案\x03",
    ]
    assert character_grams("") == ["\x02", "\x03", "\x02\x03"]


def test_word_grams_and_marks():
    assert word_grams(["换", "服务器"], ["server"]) == ["w:换", "w:服务器", "w:换 服务器", "m:server"]
    assert word_grams([], []) == []


def test_rare_grams_are_left_out():
    messages = [parts("备案", "备案")] * MINIMUM_MESSAGES + [parts("龘", "龘")]
    features = LexicalFeatures.fit(messages)
    assert "w:备案" in features.columns
    assert "w:龘" not in features.columns


def test_a_rarer_gram_weighs_more():
    messages = [parts("甲乙", "甲", "乙")] * 5 + [parts("甲", "甲")] * 5
    features = LexicalFeatures.fit(messages)
    assert features.idf[features.columns["w:乙"]] > features.idf[features.columns["w:甲"]]


def test_each_part_has_unit_length():
    messages = [parts("换服务器", "换", "服务器", marks=["server"])] * 4
    features = LexicalFeatures.fit(messages)
    columns, values = features.transform(messages[0])
    is_word = np.array([gram[:2] in ("w:", "m:") for gram in features.columns])[columns]
    assert np.isclose((values[is_word] ** 2).sum(), 1.0)
    assert np.isclose((values[~is_word] ** 2).sum(), 1.0)
    assert len(set(columns.tolist())) == len(columns)


def test_one_and_many_agree():
    messages = [parts("换服务器", "换", "服务器"), parts("注销网站", "注销", "网站"), parts("", *())] * 3
    features = LexicalFeatures.fit(messages)
    matrix = features.transform_many(messages).toarray()
    assert matrix.shape == (9, len(features.columns))
    for row, message in zip(matrix, messages, strict=True):
        columns, values = features.transform(message)
        assert np.allclose(row[columns], values)
        assert np.count_nonzero(row) == len(columns)


def test_unknown_text_is_a_row_of_nothing():
    features = LexicalFeatures.fit([parts("备案", "备案")] * 3)
    columns, values = features.transform(([], []))
    assert len(columns) == len(values) == 0
    assert features.transform_many([]).shape == (0, len(features.columns))


def test_columns_do_not_depend_on_the_order_of_messages():
    messages = [parts("换服务器", "换", "服务器"), parts("注销网站", "注销", "网站")] * 3
    one, other = LexicalFeatures.fit(messages), LexicalFeatures.fit(messages[::-1])
    assert one.columns == other.columns
    assert np.array_equal(one.idf, other.idf)
