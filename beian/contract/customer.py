"""What a customer's browser sends and is told (docs/api.md)."""

from typing import Annotated, Any, Literal

from typing_extensions import NotRequired, TypedDict

from beian.contract.about import about, described
from beian.contract.reply import Choice, Custom, FactId

MOST_CHARACTERS = 2000
"""How long a message may be, unless the operator says otherwise."""
MOST_TICKS = 200
_NUMBERED = {"minimum": 1}

Mode = Annotated[
    Literal["bot", "waiting", "human", "closed"],
    about(
        "谁在回答",
        named="Mode",
        values={
            "bot": "助手",
            "waiting": "等候人工，助手照常回答",
            "human": "人工",
            "closed": "人工服务已结束",
        },
    ),
]
Author = Annotated[Literal["user", "bot", "agent", "system"], about("谁说的", named="Author")]
ClientId = Annotated[
    str,
    about(
        "客户端自选，1 到 64 个字母、数字、点、下划线或连字符（如 UUID），在一个会话里不重复；"
        "不脱敏，不要放个人信息",
        named="ClientId",
        pattern="^[A-Za-z0-9._-]{1,64}$",
    ),
]
MessageId = Annotated[int, about("消息号，在一个会话里从 1 数起", named="MessageId", **_NUMBERED)]


class Ok(TypedDict):
    """Done."""

    ok: Annotated[Literal[True], about()]


class ErrorText(TypedDict):
    """What went wrong: for programs, and for people."""

    code: Annotated[str, about("见错误的表")]
    message: Annotated[str, about("给人看的中文说明", minLength=1)]


@described("出错时的响应")
class Error(TypedDict):
    """The body of every response that is an error."""

    error: ErrorText


class NewSession(TypedDict):
    """The token of a new conversation."""

    session: Annotated[str, about("会话令牌")]


@described("上限")
class Limits(TypedDict):
    """How much may be sent at once."""

    text: Annotated[int, about("一条消息最多几个字", minimum=1)]


@described("页面要知道的设置")
class Config(TypedDict):
    """What a page needs to know before anybody says anything."""

    title: Annotated[str, about("标题")]
    greeting: Annotated[str, about("问候语")]
    starters: Annotated[list[Choice], about("开头可以问的")]
    limits: Limits
    phone: Annotated[str, about("客服电话")]
    kb_version: Annotated[str, about("知识库内容的摘要")]
    vocabulary: Annotated[
        dict[str, dict[str, str]],
        about('页面可以告诉助手的情况：`{"subject_kind": {"<编号>": "<名称>"}, …}`'),
    ]
    titles: Annotated[dict[FactId, str], about("每条事实的标题：回答里【标题】说的是哪一条")]


@described("一个已知问句")
class KnownQuestion(TypedDict):
    """A question in the document's own wording, and the fact that answers it."""

    text: str
    fact: FactId


class KnownQuestions(TypedDict):
    """All of them, for a typeahead."""

    questions: list[KnownQuestion]


@described("文档里的几个字")
class OriginalPiece(TypedDict):
    """Words of the document."""

    text: str
    marked: Annotated[bool, about("这条事实依据的话")]


@described("一条事实的说法与出处")
class FactText(TypedDict):
    """A fact, where it stands, and the document's own words."""

    fact: str
    title: str
    section: Annotated[str, about("文档的章节，由外到内")]
    layer: Annotated[str, about("知识的层")]
    text: Annotated[str, about("依据流程文档整理的说法")]
    original: Annotated[
        list[list[OriginalPiece]] | None,
        about("文档里这一节的原文，一行一项；没有给文档或没有对上时是 `null`"),
    ]


class NewMessage(TypedDict):
    """A message to be answered."""

    client_id: ClientId
    text: Annotated[str, about("文字", minLength=1, maxLength=MOST_CHARACTERS)]


class Accepted(TypedDict):
    """It was stored and will be answered."""

    id: MessageId


@described("客户的评价")
class Feedback(TypedDict):
    """What the customer thinks of an answer."""

    value: Literal["up", "down"]
    reason: NotRequired[Annotated[str, about("为什么")]]


@described("建议回复后来怎样")
class UsedSuggestion(TypedDict):
    """What became of a suggestion that an agent's reply began with."""

    fact: str
    outcome: Literal["kept", "edited", "replaced"]
    edited: bool


@described("一条消息给程序用的部分，都可以没有")
class MessageCustom(Custom):
    """What a message may carry for programs: the assistant's, or an agent's."""

    suggestion: NotRequired[Annotated[UsedSuggestion, about("客服的回复由哪条建议开始")]]
    by: NotRequired[
        Annotated[str | None, about("客服对客户的名字，`null` 是没有；接手的系统消息和客服的回复里有")]
    ]


@described("一条消息；history 与 events 里相同")
class Message(TypedDict):
    """One message of a conversation."""

    id: MessageId
    at: Annotated[str, about("UTC，到毫秒：`2026-01-05T03:04:05.678Z`")]
    author: Author
    client_id: Annotated[str | None, about("发的人自选的编号")]
    text: Annotated[str, about("文字")]
    buttons: Annotated[list[Choice], about("接着可以问的")]
    custom: Annotated[
        dict[str, Any],
        about(
            "助手的回答：回复约定里 `custom` 的部分；客服的：`suggestion`、`by`；没有时是 `{}`",
            parts_of=MessageCustom,
        ),
    ]
    feedback: Annotated[Feedback | None, about("客户的评价")]
    ticked: Annotated[list[Annotated[int, about(minimum=0)]], about("清单里勾了的，从 0 数起")]


class History(TypedDict):
    """Messages after a number, and who answers now."""

    messages: Annotated[list[Message], about("旧的在前")]
    last_id: Annotated[int, about("接着取时的 `after`", minimum=0)]
    mode: Mode


class Opinion(TypedDict):
    """An opinion on an answer; None takes it back."""

    message_id: MessageId
    value: Annotated[Literal["up", "down"] | None, about("`null` 撤回")]
    reason: NotRequired[Annotated[str | None, about("为什么，自由的文字")]]


class Ticks(TypedDict):
    """Which entries of a checklist are done."""

    message_id: MessageId
    ticked: Annotated[
        list[Annotated[int, about(minimum=0, maximum=MOST_TICKS)]], about("从 0 数起", maxItems=MOST_TICKS)
    ]


class Restart(TypedDict):
    """Begin anew."""

    client_id: ClientId


class Satisfaction(TypedDict):
    """Whether a person helped."""

    value: Annotated[Literal[0, 1], about("1：解决了")]


class AskSatisfaction(TypedDict):
    """Whether that is to be asked."""

    ask: Annotated[bool, about("人工说过话、已经结束或交还、还没有评价过")]


@described("是不是人工时间")
class HoursNow(TypedDict):
    """Whether it is the hours of people, and when those are."""

    open: Annotated[bool, about("是不是人工时间")]
    hours: Annotated[str, about("是哪些时间，给人看的")]
    next: Annotated[str | None, about("下次何时，给人看的")]


@described("有没有人工客服在")
class Attendance(HoursNow):
    """The same, and whether anybody is at the desk."""

    here: Annotated[bool, about("有没有人在工作台前")]


@described("有没有人工客服在，要等多久")
class Staffing(Attendance):
    """The same, and the customer's place among those who wait."""

    ahead: Annotated[int | None, about("等人工时前面还有几位；没在等的是 `null`", minimum=0)]
    wait: Annotated[
        int | None,
        about("近来一般等多少秒：最近 7 天等到了的，最新 50 次的中位数；不到 5 次是 `null`", minimum=0),
    ]


@described(
    "页面所知的客户情况：`vocabulary` 里的编号，`null` 收回",
    additionalProperties={"type": ["string", "null"]},
)
class PageContext(TypedDict, total=False):
    """What the page around the widget knows of the customer's matter."""

    subject_kind: str | None
    change_type: str | None
    item: str | None
    phase: str | None


class ModeNow(TypedDict):
    """Who answers from now on."""

    mode: Mode


class Typing(TypedDict):
    """Whether an answer is being worked on."""

    on: bool


class Nothing(TypedDict):
    """No fields."""


class Ready(TypedDict):
    """Whether the server can answer."""

    ready: bool
    faults: Annotated[list[str], about("为什么不可以")]
    notices: NotRequired[Annotated[list[str], about("可以回答，但要有人看一看的")]]


class WebhookMessage(TypedDict):
    """A message by Rasa's REST channel."""

    sender: Annotated[str, about("会话的编号", minLength=1, maxLength=255)]
    message: Annotated[str, about("文字")]
    metadata: NotRequired[Annotated[dict[str, Any] | None, about("页面所知的情况")]]
