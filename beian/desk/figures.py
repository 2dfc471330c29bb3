"""What the numbers are called, how they are counted, in words for the people who read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["share", "count", "seconds"]


@dataclass(frozen=True)
class Figure:
    """A number: `about` says how it is counted, `opens` what the conversations behind it are."""

    id: str
    name: str
    kind: Kind
    about: str
    opens: str = "这些会话"


FIGURES = (
    Figure(
        "answered",
        "回答率",
        "share",
        "得到回答的提问 ÷ 全部提问。一问连同随后的反问与补充算一次提问；寒暄、转人工不算提问。",
        "没答上的会话",
    ),
    Figure(
        "asked_again",
        "两轮内又问",
        "share",
        "答过的同一条事实在后两问里又答了一次的提问 ÷ 全部提问。联系方式之类每次都带的不算。",
        "又问了的会话",
    ),
    Figure("wait", "等人工（中位数）", "seconds", "要人工的客户到被接手的时间，取中位数。", "等得久的在前"),
    Figure(
        "content",
        "人工后解决",
        "share",
        "最后一次评价说解决了的会话 ÷ 评价过的会话。一个会话只算最后一次。",
        "说没解决的会话",
    ),
    Figure("conversations", "会话", "count", "有消息得到处理的会话数。"),
    Figure("questions", "提问", "count", "提问的次数，定义同回答率。"),
    Figure("clarify", "反问", "count", "助手反问的次数。"),
    Figure(
        "clarified",
        "反问后答上",
        "share",
        "以回答结束的 ÷ 有过反问的提问。",
        "没有下文的会话",
    ),
    Figure("uncovered", "文档未说明", "count", "以“文档没有说明”结束的提问。"),
    Figure("out_of_scope", "范围外", "count", "以“不在解答范围”结束的提问。"),
    Figure("errors", "出错", "count", "出错的提问。"),
    Figure("thumbs_up", "好评占比", "share", "点了有帮助的 ÷ 点过有帮助或没帮助的回答。", "有差评的会话"),
    Figure("handoffs", "转人工", "count", "客户要人工的次数。"),
    Figure("wait_long", "等人工（九成以内）", "seconds", "十个客户里九个等的时间不超过它。", "等得久的在前"),
    Figure(
        "unserved",
        "没有等到",
        "share",
        "要了人工、还没有或到最后也没有人接手的 ÷ 要人工的次数。",
        "没有等到的会话",
    ),
    Figure(
        "unserved_wait",
        "没等到的等了（中位数）",
        "seconds",
        "没有等到的客户从要人工到不等了、或到现在的时间，取中位数。",
        "没有等到的会话",
    ),
    Figure("kept", "照用的建议", "share", "一字不改发出的 ÷ 由建议开始写的回复。", "照用的会话"),
    Figure("edited", "改过的建议", "share", "改了一些再发出的 ÷ 由建议开始写的回复。", "改过的会话"),
    Figure(
        "replaced", "换掉的建议", "share", "整个换成自己的话再发出的 ÷ 由建议开始写的回复。", "换掉的会话"
    ),
)
BY_ID = {figure.id: figure for figure in FIGURES}
HEADLINES = ("answered", "asked_again", "wait", "content")
"""The four that stand first."""
