"""Messages, and what happens beside them."""

from typing import Annotated, Any, Literal

from typing_extensions import NotRequired, TypedDict

from beian.contract.about import about, described
from beian.contract.customer.opinions import Feedback
from beian.contract.customer.words import MOST_CHARACTERS, Author, ClientId, MessageId, Mode
from beian.contract.reply import Choice, Custom


class NewMessage(TypedDict):
    """A message to be answered."""

    client_id: ClientId
    text: Annotated[str, about("文字", minLength=1, maxLength=MOST_CHARACTERS)]


class Accepted(TypedDict):
    """It was stored and will be answered."""

    id: MessageId


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


class Restart(TypedDict):
    """Begin anew."""

    client_id: ClientId


class ModeNow(TypedDict):
    """Who answers from now on."""

    mode: Mode


class Typing(TypedDict):
    """Whether an answer is being worked on."""

    on: bool


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
