"""One reply, as every client can rely on it (docs/reply.md)."""

from typing import Annotated, Any, Literal

from typing_extensions import NotRequired, TypedDict

from beian.contract.about import about, described

MOST_FACTS = 4
"""How many facts one reply states."""
MOST_SUPPLEMENTS = 2

FactId = Annotated[
    str, about("事实编号（`kb/procedure.yml`）", named="FactId", pattern=r"^[a-z_]+(\.[a-z_]+)+$")
]
Day = Annotated[
    str,
    about(
        "一天，`YYYY-MM-DD`；只知道大概时是 `头一天/最后一天`",
        named="Day",
        pattern=r"^\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?$",
    ),
]
Status = Annotated[
    Literal["answered", "clarify", "uncovered", "out_of_scope", "smalltalk", "handoff", "error"],
    about(
        "回答的性质",
        named="Status",
        values={
            "answered": "问的事实在 `text` 里，`facts` 至少一条",
            "clarify": "反问，或引导清单的下一问；选项在按钮和 `choices` 卡片里，打字回答、说“第二个”也可以",
            "uncovered": (
                "与备案有关，但文档没有答案：照实说、给相近的内容和客服电话（`facts` 里有 `contact.support`）"
            ),
            "out_of_scope": "与备案无关",
            "smalltalk": "寒暄、道谢、“说简单点”之类；没看懂时也会反问（`clarify`）",
            "handoff": "要真人，或问人工的事（排队、留言）：电话、工单；要人时还有可以直接转述的情况",
            "error": "没有文字、太长，或服务出错；`facts` 为空",
        },
    ),
]
CardType = Annotated[
    Literal["checklist", "steps", "choices", "deadline", "verdict", "comparison"],
    about(
        "怎样呈现",
        named="CardType",
        values={
            "checklist": "要备齐的东西，可以打勾",
            "steps": "按顺序的步骤",
            "choices": "反问的选项，与按钮一一对应",
            "deadline": "算出来的期限，`title` 就是最晚的那天；与 `deadlines` 对应",
            "verdict": "网站名称、年龄等的检查结果；`verdicts` 与 `items` 一一对应：`ok`、`no`、`unsure`",
            "comparison": "两样并列，一行一样；`title` 是区别",
        },
    ),
]


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


def _when(statuses: list[str], then: dict[str, Any]) -> dict[str, Any]:
    return {"if": {"properties": {"status": {"enum": statuses}}}, "then": then}


@described(
    "给程序用的部分",
    allOf=[
        _when(["answered", "uncovered", "handoff"], {"properties": {"facts": {"minItems": 1}}}),
        _when(["out_of_scope", "error"], {"properties": {"facts": {"maxItems": 0}, "card": False}}),
        _when(["handoff"], {"required": ["summary"]}),
        {
            "if": {"required": ["supplement"]},
            "then": {"properties": {"status": {"enum": ["uncovered", "answered", "clarify"]}}},
        },
    ],
)
class Custom(TypedDict):
    """The part of a reply that is for programs."""

    status: Status
    facts: Annotated[
        list[FactId],
        about(
            f"`text` 说到的事实，重要的在前，最多 {MOST_FACTS} 条；`text` 没说的不在里面，"
            "`text` 里的实质内容都有事实支撑",
            maxItems=MOST_FACTS,
            uniqueItems=True,
        ),
    ]
    sources: Annotated[list[Source], about("每条事实一个出处，次序与 `facts` 相同", maxItems=MOST_FACTS)]
    card: NotRequired[Card]
    understood: Understood
    kb_version: Annotated[str, about("知识库内容的摘要", pattern="^[0-9a-f]{12}$")]
    theme: NotRequired[
        Annotated[
            str,
            about(
                "文档没有说明的主题（`kb/themes.yml`）：`uncovered` 时，或答了一部分、另一部分文档没有时；"
                "说不准是哪个主题时没有",
                pattern="^[a-z_]+$",
            ),
        ]
    ]
    supplement: NotRequired[
        Annotated[
            list[Supplement],
            about(
                "补充资料。只在 `uncovered` 时，或在答案下面作为标明的一行、一段出现；`text` 里以"
                "“补充资料（非本流程文档）：”开头另起一段，从不在 `facts` 里。见 supplement.md",
                minItems=1,
                maxItems=MOST_SUPPLEMENTS,
            ),
        ]
    ]
    cancelled: NotRequired[Annotated[bool, about("客户说不等人工了才有，为 `true`：排着的队就此取消")]]
    summary: NotRequired[
        Annotated[str, about("要人工时，给客服看的一行：几件变更、日子、驳回原因、问过什么，可能为空")]
    ]
    deadlines: NotRequired[
        Annotated[list[Deadline], about("可以放进日历的日子；只知道大概的不给", minItems=1)]
    ]


@described("一条回复")
class Reply(TypedDict):
    """One reply, as the webhook, the widget and the tests get it."""

    recipient_id: Annotated[str, about("请求里的 `sender`", minLength=1)]
    text: Annotated[
        str,
        about(
            "完整的回答，纯文本，不超过 900 字；只看它就够。多条事实时每条有【标题】，列表以 `· ` 开头，"
            "步骤以 `1. ` 开头",
            minLength=1,
            maxLength=2000,
        ),
    ]
    buttons: NotRequired[
        Annotated[list[Choice], about("接着可以问的，或反问时的选项；没有时不出现", minItems=1, maxItems=8)]
    ]
    custom: Custom
