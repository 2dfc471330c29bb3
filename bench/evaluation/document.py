"""docs/evaluation.md from the measured figures; sections that were not measured are left out."""

from __future__ import annotations

import math
from typing import Any

from bench.evaluation import document_talk
from bench.evaluation.markdown import percent, table
from bench.evaluation.perturb import KINDS as PERTURBATIONS
from bench.evaluation.questions import STYLES
from bench.evaluation.systems import TITLES

_STYLE_TITLES = {
    "formal": "书面",
    "colloquial": "口语",
    "keyword": "关键词",
    "short": "很短",
    "long": "长，先讲经过",
    "typo": "错别字、繁体、拼音",
}
_OUTCOMES = {"answer": "回答", "ask": "反问", "refuse": "说明没有答案", "act": "对话行为"}
_MOST_CELL = 60
DEFAULT_EPOCHS = 100


def _cell(text: str) -> str:
    text = " ".join(text.replace("|", "｜").split())
    return text if len(text) <= _MOST_CELL else text[: _MOST_CELL - 1] + "…"


def document(results: dict[str, Any]) -> str:
    """The whole document."""
    sections = results["sections"]
    parts = [_head(results)]
    for name, write in _SECTIONS.items():
        if name in sections:
            parts.append(write(results))
    if "systems" in sections:
        parts.append(_errors(results))
    return "\n\n".join(parts) + "\n"


def _head(results: dict[str, Any]) -> str:
    facts, run = results["machine"], results["run"]
    return f"""# 理解能力的评测

本文件和其中的图由 `make eval` 生成，改动数据或代码后请重新运行，不要手改。

```sh
make eval                                             # 全部，写本文件
.venv/bin/python -m bench.evaluate --quick            # 小样本试跑，结果写到 results/evaluation/
.venv/bin/python -m bench.evaluate --only perturb     # 只重做一部分，其余沿用同一份数据的上次结果
.venv/bin/python -m bench.evaluate --stock-epochs 100 # 让对照的 Rasa 训练 100 轮
.venv/bin/python -m bench.evaluate --only open_set --folds 2 # 只做几折，快一些
.venv/bin/python -m bench.evaluate --public 文件夹    # 加上公开数据集（不在仓库里）
```

- 训练语料：{run["messages"]} 句、{run["labels"]} 个标签
  （`data/nlu.yml` 加上知识库里每个按钮的措辞），{_shared(results)}。
- 评测题：`tests/questions/own.jsonl`，{run["questions"]} 条，其中单问 {run["single"]} 条、
  一条里有两三个问题的 {run["several"]} 条。
  题目不在训练语料里；它们和语料由同一个项目写成，比真实客户的话规整，所以数字偏乐观，“[与训练语料的距离](#与训练语料的距离)”
  一节给出越不像语料的题答得怎样。
- 机器：{facts["cores"]} 个处理器核，{facts["memory"]} GB 内存，{facts["system"]}，Python {facts["python"]}；
  评测开始时的平均负载 {facts["load"]}。{_load_note(facts)}
{_quick_note(run)}- 随机种子固定；同一份数据的对照模型和交叉验证结果存在 `.cache/evaluation/`，重跑时直接用。

单问题目按一段对话的第一句来读。对话里的理解见[在对话里读懂](#在对话里读懂)，整段对话的回答见
[整段对话和难题](#整段对话和难题)，从没见过的事见[没见过的事](#没见过的事)。"""


def _shared(results: dict[str, Any]) -> str:
    """Whether stock Rasa was trained on the same messages."""
    systems = results["sections"].get("systems")
    if systems and systems["stock"]["messages"] != results["run"]["messages"]:
        return f"所有系统用同一份，只有 Rasa 用的是稍早一版的 {systems['stock']['messages']} 句"
    return "所有系统用同一份"


def _quick_note(run: dict[str, Any]) -> str:
    return (
        "- **小样本试跑**：本系统用完整语料训练的模型，别的系统只用样本，数字不可比。\n"
        if run["quick"]
        else ""
    )


def _load_note(facts: dict[str, Any]) -> str:
    busy = float(facts["load"]) > 1.5 * int(facts["cores"])
    return "机器上同时有别的工作，绝对时间偏长，看比值和处理器时间。" if busy else ""


def _systems(results: dict[str, Any]) -> str:
    found = results["sections"]["systems"]
    rows = []
    for system, title in TITLES.items():
        values = found["systems"].get(system) or (
            results["sections"].get("lexical") if system == "lexical" else None
        )
        if values:
            rows.append(
                [
                    f"**{title}**" if system == "ours" else title,
                    *(
                        percent(values[key])
                        for key in ("forced", "kind", "handled", "handled_or_offered", "asked")
                    ),
                    f"{percent(values['false_uncovered'])} / {percent(values['false_out_of_scope'])}",
                ]
            )
    header = ["系统", "选对事实", "类别对", "处理对", "处理对或给对选项", "反问", "误答：文档没有 / 无关"]
    handled = found["systems"]["ours"]["handled"]
    noise = f"{200 * math.sqrt(2 * handled * (1 - handled) / results['run']['single']):.1f}"
    run = results["run"]
    return f"""## 各系统对照

{table(header, rows)}

- 选对事实：有答案的题，最可能的事实就是应答的那条（不管会不会拒答）。
- 类别对：有答案、文档没有、与备案无关、对话行为四类分对（按最可能的一类）。
- 处理对：有答案的题答了对的事实，没有答案的题拒答了（不含对话行为题）。反问一律不算处理对；
  “处理对或给对选项”把选项里有正确事实的反问也算上。
- 误答：文档没有答案的题、与备案无关的题，被当成有答案回答的比例。
- 本系统 {percent(found["two_stated"])} 的单问题目同时答了两条相近的事实，其中有正确的就算对。
  文档没有答案的题，主题也认对的有 {percent(found["themes"])}。
- Rasa 默认流水线：JiebaTokenizer、RegexFeaturizer、LexicalSyntacticFeaturizer、
  CountVectorsFeaturizer（词；char_wb 1-4）、DIETClassifier、EntitySynonymMapper、
  FallbackClassifier（默认阈值），每个标签一个意图，
  训练 {found["stock"]["epochs"]} 轮{_epochs_note(run, found["stock"])}。
- 两种检索不会拒答，没有答案的题一概误答。
- 按题数算，两个系统“处理对”相差约 {noise} 个百分点以内分不出高下。语料多了以后，评测题对排在前面的几个系统
  已近饱和，区分它们要看[交叉验证](#交叉验证)、[打错字之后](#打错字之后)和离语料远的题。"""


def _epochs_note(run: dict[str, Any], stock: dict[str, Any]) -> str:
    note = f"，用时 {stock['seconds']:.0f} 秒"
    if stock["messages"] < run["messages"]:
        note += f"，用 {stock['messages']} 句语料"
    if stock["epochs"] < DEFAULT_EPOCHS:
        note += "\n  （默认配置是 100 轮；这里为了时间减少，它的正确率会因此偏低）"
    return note


def _speed(results: dict[str, Any]) -> str:
    found = results["sections"]["systems"]
    rows = []
    for system in found["wall"]:
        wall, cpu, stock, stock_cpu = (
            found["wall"][system],
            found["cpu"][system],
            found["wall"]["stock"],
            found["cpu"]["stock"],
        )
        rows.append(
            [
                TITLES[system],
                f"{wall['median']:.1f}",
                f"{wall['p95']:.1f}",
                f"{wall['median'] / stock['median']:.2f} / {wall['p95'] / stock['p95']:.2f}",
                f"{cpu['median']:.1f} / {cpu['p95']:.1f}",
                f"{cpu['median'] / stock_cpu['median']:.2f} / {cpu['p95'] / stock_cpu['p95']:.2f}",
                f"{found['long'][system]:.0f}",
                f"{found['memory'][system][0]:.0f}",
                f"{found['memory'][system][1]:.0f}",
            ]
        )
    header = [
        "系统",
        "中位 ms",
        "p95 ms",
        "与 Rasa 之比：中位 / p95",
        "处理器时间 ms：中位 / p95",
        "之比",
        "2000 字 ms",
        "进程内存 MB",
        "模型增加 MB",
    ]
    return f"""### 速度和内存

每个系统一个进程，同一轮里轮流问同一条消息，机器忙闲对大家一样；本系统和 Rasa 都经 Rasa 的 `parse_message`。
“模型增加”是载入模型并答完全部题之后，比只载入程序库时多出的内存。

{table(header, rows)}

![理解时间](images/eval-latency.png)"""


def _styles(results: dict[str, Any]) -> str:
    found = results["sections"]["systems"]["styles"]
    rows = [
        [
            _STYLE_TITLES[style],
            found["ours"][style]["questions"],
            *(
                percent(found[system][style][key])
                for system in ("ours", "stock")
                for key in ("forced", "handled")
            ),
            percent(found["ours"][style]["handled_or_offered"]),
        ]
        for style in STYLES
    ]
    header = [
        "写法",
        "题数",
        "本系统：选对事实",
        "处理对",
        "Rasa：选对事实",
        "处理对",
        "本系统：处理对或给对选项",
    ]
    return f"## 各种写法\n\n{table(header, rows)}"


def _several(results: dict[str, Any]) -> str:
    found = results["sections"]["systems"]
    rows = [
        [TITLES[system], percent(values["answered"]), percent(values["ranked"])]
        for system, values in found["several"].items()
    ]
    return f"""## 一条消息里有几个问题

{found["several_questions"]} 条。“都答了”：一次回复里每个问题都答对（没有答案的部分说出对的主题也算）。
“排在最前”：最可能的几个标签（有几个问题取几个）正好是它们，只看排序。

{table(["系统", "都答了", "排在最前"], rows)}"""


def _similarity(results: dict[str, Any]) -> str:
    rows = [
        [
            f"{row['low']:.1f}–{row['high']:.1f}",
            row["questions"],
            percent(row["forced"]),
            percent(row["handled"]),
        ]
        for row in results["sections"]["systems"]["similarity"]
    ]
    return f"""## 与训练语料的距离

相似度：题目与最像的一句训练语料共有的字对比例（Jaccard）。

{table(["相似度", "题数", "选对事实", "处理对"], rows)}"""


def _calibration(results: dict[str, Any]) -> str:
    sections = results["sections"]
    rows = [
        [f"{TITLES[system]}，评测题", f"{values['ece']:.3f}"]
        for system, values in sections["systems"]["calibration"].items()
    ]
    if "crossval" in sections:
        rows.insert(1, ["本系统，交叉验证", f"{sections['crossval']['ece']:.3f}"])
    return f"""## 置信度可信吗

置信度分十档，期望校准误差（ECE）是各档“置信度与实际答对率之差”按题数加权的平均。

{table(["", "ECE"], rows)}

![可靠性图](images/eval-reliability.png)"""


def _crossval(results: dict[str, Any]) -> str:
    found = results["sections"]["crossval"]
    header = ["", "标签对", "选对事实", "类别对", "前三个标签里有"]
    row = ["本系统", *(percent(found[key]) for key in ("accuracy", "forced", "kind", "top3"))]
    folds = "、".join(percent(value) for value in found["accuracy_by_fold"])
    return f"""## 交叉验证

{found["messages"]} 句分五份，轮流留一份不训练（每份过 {found["passes"]} 遍；温度由另外四份的预测定）。
语料里有错别字、半句话和边界上的句子，比评测题难。

{table(header, [row])}

各份的标签正确率：{folds}。标签判错的句子里，{percent(found["within_kind_errors"])} 仍在同一类。

![最常混淆的标签](images/eval-confusion.png)"""


def _learning(results: dict[str, Any]) -> str:
    rows = [
        [
            f"{point['share']:.0%}",
            int(point["messages"]),
            *(percent(point[key]) for key in ("forced", "kind", "label")),
        ]
        for point in results["sections"]["learning"]["points"]
    ]
    return f"""## 学习曲线

用一部分语料训练，答同样的单问题。

{table(["语料", "句数", "选对事实", "类别对", "标签对"], rows)}

![学习曲线](images/eval-learning.png)"""


def _perturb(results: dict[str, Any]) -> str:
    found = results["sections"]["perturb"]
    shown = [("ours", "forced"), *((system, "handled") for system in found["traditional"])]
    rows = []
    for kind, title in PERTURBATIONS.items():
        row: list[Any] = [title, found[kind]["ours"]["after"]["questions"]]
        for system, key in shown:
            before, after = found[kind][system]["before"], found[kind][system]["after"]
            row.append(f"{percent(before[key])} → {percent(after[key])}")
        rows.append(row)
    names = {"forced": "选对事实", "handled": "处理对"}
    header = ["改动", "改到的题", *(f"{TITLES[system]}：{names[key]}" for system, key in shown)]
    return f"""## 打错字之后

随机取的单问题（种子固定），每条改一处（繁体、全角是整条改），只算真被改到的题，改之前 → 改之后。

{table(header, rows)}"""


def _errors(results: dict[str, Any]) -> str:
    found = results["sections"]["systems"]
    rows = [
        [
            _cell(row["text"]),
            f"`{row['wanted']}`".replace("|", "` 或 `"),
            _OUTCOMES[row["outcome"]],
            "、".join(f"`{label}`" for label in row["labels"]),
            f"{row['confidence']:.2f}",
        ]
        for row in found["errors"]
    ]
    return f"""## 答错的题

本系统没有直接处理对的单问题，共 {len(rows)} 条（反问也列在内）。

{table(["题目", "应为", "做了什么", "标签", "置信度"], rows, "---")}"""


def _all_of_systems(results: dict[str, Any]) -> str:
    writers = (_systems, _speed, _styles, _several, _similarity, _calibration)
    return "\n\n".join(write(results) for write in writers)


_SECTIONS = {
    "bank": document_talk.bank,
    "in_context": document_talk.in_context,
    "open_set": document_talk.open_set,
    "systems": _all_of_systems,
    "perturb": _perturb,
    "crossval": _crossval,
    "learning": _learning,
    "public": document_talk.public,
}
