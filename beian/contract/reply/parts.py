"""What a reply is made of."""

from typing import Annotated, Literal

from typing_extensions import NotRequired, TypedDict

from beian.contract.about import about, described
from beian.contract.reply.words import CardType, Day, FactId


@described("接着可以问的，或反问时的选项")
class Choice(TypedDict):
    """What can be tapped instead of typed."""

    title: Annotated[str, about("按钮文字", minLength=1, maxLength=40)]
    payload: Annotated[str, about("点了之后当作用户说的话，不会以 `/` 开头", minLength=1, pattern="^[^/]")]


@described("一条事实的出处")
class Source(TypedDict):
    """Where a fact stands in the document."""

    fact: FactId
    section: Annotated[str, about("文档的章节，由外到内", minLength=1)]
    layer: Annotated[str, about("知识的层：流程文档是 `procedure`", minLength=1)]


@described(
    "`text` 里一部分内容的另一种呈现，不含 `text` 没有的内容",
    **{
        "if": {"properties": {"type": {"const": "verdict"}}},
        "then": {"required": ["verdicts", "fact"]},
        "else": {"properties": {"verdicts": False}},
    },
)
class Card(TypedDict):
    """Part of the text in another form."""

    type: CardType
    title: Annotated[str, about("标题", minLength=1)]
    items: Annotated[list[Annotated[str, about(minLength=1)]], about("一行一项", minItems=1)]
    fact: NotRequired[Annotated[FactId, about("说的是哪条事实")]]
    verdicts: NotRequired[
        Annotated[
            list[Literal["ok", "no", "unsure"]], about("`verdict` 卡片每一行的结果，与 `items` 一一对应")
        ]
    ]


@described("补充资料的一个来源")
class SupplementSource(TypedDict):
    """Who says it, and where."""

    publisher: Annotated[str, about("发布者", minLength=1)]
    title: Annotated[str, about("标题", minLength=1)]
    date: Annotated[str, about("来源自己的日期，或“日期不详”", minLength=1)]
    url: NotRequired[Annotated[str, about("官方和服务商页面的网址", pattern="^https://")]]


@described("一条补充资料（非本流程文档）")
class Supplement(TypedDict):
    """What public sources say where the document is silent, or differs from them: never one of its facts."""

    id: Annotated[str, about("编号", pattern=r"^(supplement\.[a-z_]+|conflict)\.[a-z_]+$")]
    title: Annotated[str, about("标题", minLength=1)]
    text: Annotated[str, about("`text` 里的那几行", minLength=1)]
    sources: Annotated[list[SupplementSource], about("来源", minItems=1)]
    confidence: Annotated[Literal["high", "medium"], about("可信程度")]


@described("可以放进日历的一天")
class Deadline(TypedDict):
    """A day of the customer's, for the calendar."""

    date: Day
    title: Annotated[str, about("到这一天要做什么", minLength=1)]


@described("怎么理解的，和客户的情况；编号见 `kb/vocabulary.yml`，几件变更时是手里这件")
class Understood(TypedDict, total=False):
    """How the message was read, and the case it was read in."""

    intent: Annotated[
        str, about("放在这段对话里读出的标签（docs/labels.md）；反问时是第一个选项的", minLength=1)
    ]
    confidence: Annotated[float, about("对 `intent` 的把握", minimum=0, maximum=1)]
    change_type: Annotated[str, about("变更类型")]
    item: Annotated[str, about("变更项")]
    subject_kind: Annotated[str, about("主体性质")]
    rejection_reason: Annotated[str, about("驳回原因")]
    changed_on: Annotated[Day, about("信息变化的日子")]
    rejected_on: Annotated[Day, about("收到驳回的日子")]
    submitted_on: Annotated[Day, about("提交的日子")]
    case_text: Annotated[str, about("客户情况的一行文字，几件变更用“；”隔开", minLength=1)]
