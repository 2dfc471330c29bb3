"""Slips and pinyin as the trained assistant reads them, and what it leaves as it is."""

import json
from pathlib import Path

import pytest

from beian.text.normalize import compact, normalize

HERE = Path(__file__).parent
CLEAN = HERE / "text" / "clean_sentences.txt"
LOOKALIKES = HERE / "questions" / "lookalikes.jsonl"
MOST_CHANGED = 0.01


def read(talk, text: str) -> str:
    return talk.parse(text)["understanding"]["text"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("备案变更的流成有哪几步", "备案变更的流程有哪几步"),
        ("执照上的地止换了,要船哪些材料阿", "执照上的地址换了,要传哪些材料啊"),
        ("被打会来了怎么改", "被打回来了怎么改"),
        ("wo de wangzhan huan le fuwuqi, yao gai beian ma", "我的网站换了服务器, 要改备案吗"),
        ("shei4 lai2 shen3 he2 cai2 liao4", "谁来审核材料"),
        ("法人huan le yihou几天内tijiao", "法人换了以后几天内提交"),
    ],
)
def test_what_was_meant_is_read(talk, written, meant):
    assert compact(read(talk, written)) == compact(normalize(meant))


@pytest.mark.parametrize(
    "text",
    [
        "Which papers are needed when the legal representative has changed?",
        "can women change the name of a site",
        "把网站名称改成“备按变更的流成”可以吗",
        "ECS和DNS都换了,beian.miit.gov.cn上还是旧的IP",
    ],
)
def test_what_is_written_so_on_purpose_stays(talk, text):
    assert read(talk, text) == normalize(text)


def test_clean_text_is_hardly_ever_changed(talk):
    texts = CLEAN.read_text(encoding="utf-8").splitlines()
    texts += [json.loads(row)["text"] for row in LOOKALIKES.read_text(encoding="utf-8").splitlines()]
    changed = [text for text in texts if read(talk, text) != normalize(text)]
    assert len(changed) <= MOST_CHANGED * len(texts), changed
