import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from beian.text.normalize import MAX_CHARACTERS, clean, clip, compact, letters_only, normalize

ANY_TEXT = st.text(alphabet=st.characters(), max_size=600)
# What messages are made of, with the awkward parts far more often than by chance
AWKWARD = st.text(
    alphabet=st.sampled_from("備变 更，ＩＣＰ\u3000\u200b\x00\ud800😀👨‍👩‍👧İßﬀ㎏①Ⅷ々\t\n\u0301"), max_size=80
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("備案變更要什麼材料", "备案变更要什么材料"),
        ("網站負責人換人", "网站负责人换人"),
        ("ＩＣＰ备案", "icp备案"),
        ("ECS换IP", "ecs换ip"),
        ("材料，要哪些？", "材料,要哪些?"),
        ("换\u3000服务器\t\n要 啥", "换 服务器 要 啥"),
        ("  备案  ", "备案"),
        ("备\u200b案\ufeff变\x00更", "备案变更"),
        ("在吗？？？？？？", "在吗???"),
        ("啊啊啊啊啊", "啊啊啊"),
        ("a\ud800b", "ab"),
        ("", ""),
        (" \t\n\u3000", ""),
        ("\x00\x07", ""),
        ("😀😀", "😀😀"),
    ],
)
def test_one_form(written, read):
    assert normalize(written) == read


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT | AWKWARD)
@example("\ud83d\ude00")
@example("İ" * 500)
@example("\u0344" * 50)
@example("\ufdfa" * 400)
def test_any_text_is_read_and_reading_twice_changes_nothing(text):
    once = normalize(text)
    assert normalize(once) == once
    assert len(once) <= MAX_CHARACTERS + 1
    assert once == once.strip()
    assert "  " not in once
    assert not set(once) & set(string.ascii_uppercase)
    once.encode("utf-8")


@settings(max_examples=100, deadline=None)
@given(ANY_TEXT)
def test_clean_leaves_only_what_can_be_seen(text):
    assert "\x00" not in clean(text)
    assert clean(clean(text)) == clean(text)


def test_a_long_message_keeps_its_ends():
    assert normalize("首" + "中" * 5000 + "尾") == "首中中中 中中中尾"
    story = "开头" + "".join(chr(0x4E00 + place) for place in range(3000)) + "审核要多久"
    read = normalize(story)
    assert len(read) <= MAX_CHARACTERS + 1
    assert read.startswith("开头")
    assert read.endswith("审核要多久")


def test_clip_leaves_short_texts_alone():
    assert clip("备案", 2) == "备案"
    assert clip("备案变更", 2) == "备 更"


def test_blanks_between_chinese_say_nothing():
    assert compact("换 服 务 器 ip 要 啥") == "换服务器 ip 要啥"


def test_letters_and_digits_alone_tell_texts_apart():
    assert letters_only("Ａ b，C") == "abc"
    assert letters_only("備案 要 多久？") == letters_only("备案要多久") == "备案要多久"
    assert letters_only("？？？") == ""
    assert letters_only("第 3 条！") == "第3条", "a number tells two texts apart"
