"""The sections of docs/evaluation.md on conversations, on what was never seen, and on public data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bench.evaluation.in_context import CURVE_GROUPS
from bench.evaluation.markdown import percent, table
from bench.evaluation.public import BANKING_PAPERS, CLINC_PAPERS

_PHENOMENA = {
    "retract": "收回刚说的",
    "correct": "更正刚说的",
    "other_slot": "换个情形问",
    "other_aspect": "换个方面问",
    "fragment": "半句话",
    "ordinal": "第几个、后者",
    "opener": "先讲别的再问",
    "topic_held": "一个话题问三轮以上",
    "back_after_digression": "岔开以后回来",
    "two_matters": "两件事一起办",
    "two_people": "替别人问、几个人",
    "rejection_phase": "被驳回以后",
    "review_phase": "审核期间",
    "why": "为什么",
    "what_if": "不这样会怎样",
    "doubt": "怀疑、确认",
    "hypothetical": "假设",
    "out_of_scope_and_back": "问别的事再回来",
    "handoff_talk": "要人工时的话",
    "item_question": "追问清单里的一项",
    "notice": "贴驳回通知",
    "open_theme": "文档没有写的事",
}
_MANNERS = {
    "ask": "直接问",
    "item": "问其中一项",
    "meaning": "什么意思",
    "why": "为什么",
    "what_if": "如果、不然",
    "doubt": "真的吗",
    "source": "哪里写的",
    "detail": "说细点",
    "brief": "说短点",
    "again": "再说一遍",
    "entry": "第几个",
    "tell": "告知情况",
    "correct": "更正",
    "answer": "回答反问",
    "compare": "比较",
    "sum_up": "这么说就是",
}
_GROUPS = {
    "answer": "有答案",
    "seen_uncovered": "文档没有，主题见过",
    "seen_out_of_scope": "无关，这类见过",
    "act": "对话行为",
    "new_uncovered": "**文档没有，主题没见过**",
    "new_out_of_scope": "**无关，这类没见过**",
}
_WORST = 10


def _verdicts(found: dict[str, float]) -> list[str]:
    return [percent(found[name]) for name in ("right", "near", "wrong")]


def bank(results: dict[str, Any]) -> str:
    """Whole conversations, and questions judged by the reply."""
    found = results["sections"]["bank"]
    parts = found["bank"]
    names = list(dict.fromkeys(name for part in parts.values() for name in part["phenomena"]))
    rows = [
        [_PHENOMENA.get(name, name), *(_right(part["phenomena"].get(name)) for part in parts.values())]
        for name in names
    ]
    rows.append(["**全部轮次**", *(_right(part["all"]) for part in parts.values())])
    rows.append(
        ["**整段都对**", *(f"{p['all']['whole']} / {p['all']['conversations']}" for p in parts.values())]
    )
    several = found["several"]
    counts = "，".join(
        f"{count} 个问题的 {one['n']} 条里 {percent(one['all'])}"
        for count, one in several["by_count"].items()
    )
    questions = [
        ["看着像、其实是别处的事", found["lookalikes"]["n"], *_verdicts(found["lookalikes"])],
        ["追问答案里的一项", found["details"]["n"], *_verdicts(found["details"])],
    ]
    return f"""## 整段对话和难题

完整的助手在进程内回答，从外面判：文字、事实、状态（判法见 `tests/bank/README.md`）。题都不在语料里，下限在
`tests/test_bank.py` 和 `tests/test_lookalikes.py`。

{table(["现象（每轮）", "公开的部分", "锁住的部分"], rows)}

{table(["题", "条数", "对", "接近", "错"], questions)}

- 接近：没有答对，但也没有说错（反问、说成文档没有）。错：断言了别的。
- 一条消息里有几个问题，{several["n"]} 条：每问都处理的 {percent(several["all"])}（{counts}），
  按问题算 {percent(several["parts"])}。文档没有的那一问要点名说没有。"""


def _right(found: dict[str, Any] | None) -> str:
    return (
        f"{found['right']} / {found['turns']}（{percent(found['right'] / found['turns'])}）" if found else ""
    )


def in_context(results: dict[str, Any]) -> str:
    """Messages read where they stand."""
    found = results["sections"]["in_context"]
    header = ["", "句数", "单看这句", "最可能的", "前三里有", "照办", "照办，不缺", "自己走", "方式对"]
    rows = [
        _shares("**全部追问**", found["all"]),
        _shares("其中是事实", found["facts"]),
        _shares("其中是主题、行为", found["others"]),
        _shares("第一句", found["openings"]),
    ]
    confidence = [
        [f"{row['low']:.2f}–{row['high']:.2f}", row["n"], percent(row["top"]), percent(row["top3"])]
        for row in found["confidence"]
    ]
    curve = [
        [f"{point['share']:.0%}", int(point["turns"]), percent(point["top"])] for point in found["curve"]
    ]
    return f"""## 在对话里读懂

`data/contextual/` 的树，按族分五组（同名的几个文件在一组），轮流留一组不训练{_of(found["groups"], 5)}。
分类器不动，它本来就没见过这些树。严格地算：说出的事实正好是一种可接受的含义，不多不少。

{table(header, rows)}

- 单看这句：只凭分类器，不看对话。最可能的：给定此前真实的状态，模型最可能的一个含义可接受。
- 照办：助手据此要做的正好可接受（可能是几条事实；反问的 {percent(found["all"]["asked"])} 都不算）。
  不缺：可接受的都在，可以多，至多四条。
- 自己走：状态由模型自己一句句读出来，最可能的含义可接受
  （照办的正好可接受的 {percent(found["all"]["free"])}）。
- 置信度的期望校准误差 {found["ece"]:.3f}。

{table(["置信度", "句数", "最可能的对", "前三里有"], confidence)}

学习曲线（前 {min(CURVE_GROUPS, found["groups"])} 组，用一部分树训练，其余不变）：

{table(["训练的树", "约几句", "最可能的对"], curve)}

### 按方式

{table(header, [_shares(_MANNERS.get(name, name), one) for name, one in found["manners"].items()])}

### 按族

{table(header, [_shares(f"`{name}`", one) for name, one in found["families"].items()])}"""


def _shares(title: str, found: dict[str, float]) -> list[Any]:
    names = ("alone", "top", "top3", "acted", "covered", "free_top", "manner_right")
    return [title, int(found["n"]), *(percent(found[name]) for name in names)]


def _of(done: int, all_of_them: int) -> str:
    return "" if done == all_of_them else f"（这次只做了 {done} 组）"


def open_set(results: dict[str, Any]) -> str:
    """Subjects never seen."""
    found = results["sections"]["open_set"]
    rows: list[Sequence[Any]] = []
    for group, title in _GROUPS.items():
        reading, alone = found["reading"][group], found["classifier"][group]
        rows.append([title, int(reading["n"]), *_verdicts(reading), *_verdicts(alone)])
    header = ["", "句数", "对", "接近", "错", "只看分类：对", "接近", "错"]
    worst = sorted(found["labels"].items(), key=lambda one: -one[1]["wrong"])[:_WORST]
    labels = [[f"`{label}`", int(one["n"]), *_verdicts(one)] for label, one in worst]
    return f"""## 没见过的事

{found["messages"]} 句分八折{_folds(found["folds"])}，每折把八分之一的未覆盖主题、八分之一的无关类整个拿掉，
再加其余的十六分之一，都不训练，然后拿来问（当作第一句）。每折从头训练：分类器（连同换了对象的仿句）和它之上的对话模型；拿掉的主题也不在候选里，
树里说到它们的句子也拿掉。不能用最后的对话模型来读，因为它从拿掉的标签学过词。

{table(header, rows)}

- 对：有答案的，答了那条；没有答案的，说没有或说无关（无关的，当作闲聊也算）。接近：没有说错什么。
  错：答了别的，或者不该答而答了。
- 只看分类：不要对话模型，按分类器自己的判定。

没见过而最容易错答的：

{table(["标签", "句数", "对", "接近", "错"], labels)}"""


def _folds(done: int) -> str:
    return "" if done == 8 else f"（这次只做了 {done} 折）"


def public(results: dict[str, Any]) -> str:
    """Public data."""
    found = results["sections"]["public"]
    parts = []
    if "clinc150" in found:
        own = found["clinc150"]
        rows = [
            ["**本系统的分类器**", percent(own["accuracy"]), percent(own["recall"])],
            ["**同上，偏置由验证集定**", percent(own["biased_accuracy"]), percent(own["biased_recall"])],
        ]
        rows += [[name, percent(one[0]), percent(one[1])] for name, one in CLINC_PAPERS.items()]
        parts.append(
            "CLINC150（data_full，连同 100 句域外训练句；对照：Larson 等，EMNLP 2019）：\n\n"
            + table(["", "域内正确率", "域外召回率"], rows)
        )
    if "banking77" in found:
        rows = [["**本系统的分类器**", percent(found["banking77"]["accuracy"])]]
        rows += [[name, percent(value)] for name, value in BANKING_PAPERS.items()]
        parts.append(
            "BANKING77（全部训练句；对照：Casanueva 等，NLP4ConvAI 2020）：\n\n" + table(["", "正确率"], rows)
        )
    return (
        "## 公开数据集\n\n同一个分类器不加改动，在英文的公开数据上训练和测试；数据不在仓库里。\n\n"
        + "\n\n".join(parts)
    )
