"""E-mail addresses as people write them, and sentences that only have an at sign."""

from itertools import pairwise

import pytest

from beian.masking import EMAIL, mask
from beian.masking.emails import find_emails


@pytest.mark.parametrize(
    "address",
    [
        "a@b.com",
        "zhang.san+x@mail.example.com.cn",
        "a@b。com",
        "a@b．com",
        "a@b｡com",
        "a@b·cn",
        "a @ b . com",
        "zhang@qq .com",
        "zhang@qq. com",
        "zhang@\nqq.com",
        "z\u200bhang@q\u2060q.c\u00adom",
        "zhang@例子.中国",
        "zhang@例子.公司",
        "张三@例子.中国",
        "müller@exämple.de",
        "иван@пример.рф",
        "zhang(at)qq.com",
        "zhang（at）qq.com",
        "zhang [AT] qq [dot] com",
        "zhang{at}qq.com",
        "zhang艾特qq.com",
        "zhang艾特qq。com",
        "zhang艾特qq点com",
        "12345678@qq.com",
        "13812345678@139.com",
        "ｚｈａｎｇ＠ｑｑ．ｃｏｍ",
        "𝐳𝐡𝐚𝐧𝐠@𝐪𝐪.𝐜𝐨𝐦",
        "a@xn--fiq228c.xn--fiqs8s",
        "zhang艾特mail.example.com",
        "zhang(at)mail。office。example。com",
    ],
)
@pytest.mark.parametrize("sentence", ["{}", "（{}）", "：{}，要改", "1、{}；2、手机"])
def test_addresses(address, sentence):
    assert mask(sentence.format(address)) == sentence.format(EMAIL)


def test_a_sentence_goes_on_behind_an_address():
    assert mask("邮箱zhang@qq.com可以吗") == f"邮箱{EMAIL}可以吗"
    assert mask("邮箱zhang@qq。com。可以吗") == f"邮箱{EMAIL}。可以吗"
    assert mask("zhang@例子.中国的邮箱") == f"{EMAIL}的邮箱"
    assert mask("a@x.com,b@y.com") == f"{EMAIL},{EMAIL}"


@pytest.mark.parametrize(
    "text",
    [
        "请@客服。谢谢",
        "@张三 你好",
        "艾特客服。你好",
        "3@5. Then",
        "3@1.",
        "@",
        "a@b",
        "我@了他，com",
        "(at) home. cn",
        "@@@.com",
    ],
)
def test_sentences_stay(text):
    assert mask(text) == text


def test_spans_are_in_order_and_apart():
    spans = list(find_emails("a@b.com@c.com@d.com x@y.cn"))
    assert spans == sorted(spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
