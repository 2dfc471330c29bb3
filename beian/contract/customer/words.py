"""What the parts of the customer's contract have in common."""

from typing import Annotated, Literal

from typing_extensions import TypedDict

from beian.contract.about import about, described

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


class Nothing(TypedDict):
    """No fields."""
