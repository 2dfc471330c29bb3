"""What the worst messages cost: 400 of the greatest length, through the whole assistant in this process.

`python -m bench.adversarial` prints the CPU time of ordinary and of hostile messages and fails when the
slowest hundredth of the hostile ones takes more than 10 times an ordinary message's, or any more than 25.
CPU time of the whole process and not the time on the clock: what else the machine does counts for nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from beian.engine.assistant import Assistant
from beian.engine.standing import MAX_CHARACTERS
from beian.kb import KnowledgeBase, load_knowledge
from beian.nlu.data_check import read_messages

ORDINARY, HOSTILE = 60, 400
MOST_AT_P99, MOST_AT_ALL = 10.0, 25.0
# What rules look for, and what engines, segmenters and repairs stumble over.
_PIECES = (
    *("那个", "就要", "才能", "才", "刚才", "只要", "春节", "春节前", "国庆后第", "五一假期"),
    *("去年中秋", "农历八月十五", "八", "一二", "十二月", "3月", "10月8号", "2026-09-15", "三个星期前"),
    *("上上周", "改了20天了", "下个月", "年底", "月", "920", "1990年出生", "05后", "虚岁"),
    *("差一天满18", "18岁", "17岁零3个月", "身份证上", "负责人今年十七", "满", "还差", "1 3 0 1 "),
    *("11010119900101", "6228480", "a@b.c", "@", "010-", "+86 138", "9135010", "①②", "１３８"),
    *("beian", "bei an ", "zhuxiao ", "yingyezhizhao", "a b ", "abc", "http://a.b/", "xn--", "beian1"),
    *("备按", "幕步", "审河", "“", "“甲乙”", "《", "（", "((", "[[", '"', "、", "，", "。", "？"),
    *("！", "……", " ", "\n", "\t", "\u3000", "~", "网站名叫", "网站名称：", "把网站改名叫", "叫"),
    *("用甲做网站名", "甲乙和", "和", "还是", "从甲改成", "可以吗", "这个名字", "吗", "呢", "的", "了"),
    *("不", "是不是", "要不要", "什么", "怎么", "几天", "材料", "要材料", "还有", "另外", "以及"),
    *("然后", "第一个", "第", "不对", "不是", "驳回", "驳回原因：", "1.", "2、", "信息不一致", "域名"),
    *("过户", "换人", "法人", "公司名", "國慶", "變更", "①", "Ⅷ", "㎡", "é", "e\u0301", "😀"),
    *("\u200b", "龘", "㐀", "𠀀", "ﷺ", "İ"),
)
_TAILS = ("", "！！！", "可以吗", "x", "是什么", "?")


@dataclass(frozen=True)
class Costs:
    """CPU seconds of ordinary messages and of hostile ones, and the hostile texts in the same order."""

    ordinary: list[float]
    hostile: list[float]
    texts: list[str]

    @property
    def unit(self) -> float:
        """What an ordinary message takes."""
        return statistics.median(self.ordinary)

    def ratio(self, share: float) -> float:
        """How many ordinary messages the hostile one at a share (0 to 1) of the order takes."""
        ordered = sorted(self.hostile)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] / self.unit


def filled(piece: str, tail: str, size: int = MAX_CHARACTERS) -> str:
    """A text of `size` characters: the piece over and over, and the tail."""
    room = size - len(tail)
    return (piece * (room // len(piece) + 1))[:room] + tail


def hostile_texts(number: int, kb: KnowledgeBase, seed: int = 1) -> list[str]:
    """`number` texts of the greatest length, the same for the same seed."""
    return list(itertools.islice(_texts(kb, random.Random(seed)), number))


def _texts(kb: KnowledgeBase, draw: random.Random) -> Iterator[str]:
    tails = itertools.cycle(_TAILS)
    said = [text for text, _ in read_messages()]
    words = sorted(kb.words)
    pieces = list(_PIECES)
    draw.shuffle(pieces)
    waiting = iter(pieces)
    while True:
        piece = next(waiting, None)
        if piece is not None:
            yield filled(piece, next(tails))
        yield filled(draw.choice(_PIECES) + draw.choice(_PIECES), next(tails))
        yield filled(draw.choice(words) + draw.choice((*_TAILS, *_PIECES)), next(tails))
        yield filled("，".join(draw.sample(said, 40)) + "？", next(tails))
        yield filled("".join(draw.choice(_PIECES) for _ in range(MAX_CHARACTERS)), next(tails))
        yield filled("".join(chr(draw.randint(0x4E00, 0x9FA5)) for _ in range(MAX_CHARACTERS)), next(tails))


async def costs(assistant: Assistant, hostile: Sequence[str], ordinary: int = ORDINARY) -> Costs:
    """Measure. Every second hostile text comes after an ordinary message, where more rules read it."""
    draw = random.Random(0)
    plain = [text for text, _ in draw.sample(read_messages(), ordinary)]
    numbers = itertools.count(1)

    async def cost(text: str, before: str | None = None) -> float:
        """The less of two runs where the first took long: a pause of the collector is not the text's."""
        first = await once(text, before)
        return first if first < suspicious else min(first, await once(text, before))

    async def once(text: str, before: str | None) -> float:
        sender = f"adversarial-{next(numbers)}"
        if before:
            await assistant.reply(sender, before)
        begun = time.process_time()
        await assistant.reply(sender, text)
        return time.process_time() - begun

    suspicious = float("inf")
    for text in plain[:5]:
        await cost(text)
    usual = [await cost(text) for text in plain]
    suspicious = MOST_AT_P99 * statistics.median(usual)
    befores = itertools.cycle(
        (None, "网站名称可以随便起吗", None, "帮我准备清单", None, "法人换了要多久内提交")
    )
    bad = [await cost(text, before) for text, before in zip(hostile, befores, strict=False)]
    return Costs(usual, bad, list(hostile))


def report(found: Costs, slowest: int = 8) -> str:
    """The figures in words, with the slowest texts."""
    lines = [
        f"ordinary: median {1000 * found.unit:.1f} ms of CPU ({len(found.ordinary)} messages)",
        f"hostile: median {found.ratio(0.5):.1f} x, p99 {found.ratio(0.99):.1f} x, "
        f"max {found.ratio(1):.1f} x ({len(found.hostile)} messages of {MAX_CHARACTERS} characters)",
    ]
    ordered = sorted(zip(found.hostile, found.texts, strict=True), reverse=True)
    lines += [f"  {1000 * seconds:6.1f} ms  {text[:30]!r}" for seconds, text in ordered[:slowest]]
    return "\n".join(lines)


async def _main(number: int) -> bool:
    assistant = await Assistant.load()
    try:
        found = await costs(assistant, hostile_texts(number, load_knowledge()))
    finally:
        assistant.close()
    print(report(found))
    return found.ratio(0.99) <= MOST_AT_P99 and found.ratio(1) <= MOST_AT_ALL


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=HOSTILE, help="how many hostile messages")
    sys.exit(0 if asyncio.run(_main(parser.parse_args().number)) else 1)
