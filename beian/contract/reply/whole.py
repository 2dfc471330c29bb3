"""A whole reply, and what must hold of it."""

from typing import Annotated, Any

from typing_extensions import NotRequired, TypedDict

from beian.contract.about import about, described
from beian.contract.reply.parts import Card, Choice, Deadline, Source, Supplement, Understood
from beian.contract.reply.words import MOST_FACTS, MOST_SUPPLEMENTS, FactId, Status


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
