"""One conversation as an agent sees it."""

from typing import Annotated

from typing_extensions import TypedDict

from beian.contract.about import about, described
from beian.contract.customer import Message, MessageId
from beian.contract.desk.lists import Row
from beian.contract.desk.words import Count, Seconds

MOST_SUGGESTIONS = 3


@described("工作台看到的一条消息")
class DeskMessage(Message):
    """A message, and which agent wrote it."""

    agent: Annotated[str | None, about("哪位客服写的")]


@described("一条备注")
class Note(TypedDict):
    """What an agent noted for the others."""

    n: Count
    at: Seconds
    agent: str
    text: str


@described("客户的情况")
class Case(TypedDict):
    """The customer's case, in words and by slot."""

    text: str
    parts: Annotated[dict[str, str], about("知道的各项：编号或日子")]
    summary: str


@described("打开的会话")
class Opened(TypedDict):
    """A conversation that is opened."""

    row: Row
    messages: list[DeskMessage]
    later: Annotated[bool, about("后面还有没有消息")]
    notes: list[Note]
    labels: list[str]
    satisfaction: Annotated[int | None, about("客户最后一次评价：1 或 0")]
    case: Case


@described("更早的消息")
class Earlier(TypedDict):
    """Earlier messages of it."""

    messages: list[DeskMessage]


@described("一条建议回复")
class Suggestion(TypedDict):
    """What an agent could reply."""

    fact: str | None
    title: str
    text: str
    confidence: float | None
    section: str | None


@described("一个没得到回答的问题")
class OpenQuestion(TypedDict):
    """What the customer asked and nobody has answered."""

    id: MessageId
    text: str


@described("建议回复，和写回复时要知道的")
class Suggestions(TypedDict):
    """What an agent could reply, and what to know for it."""

    suggestions: Annotated[list[Suggestion], about("好的在前", maxItems=MOST_SUGGESTIONS)]
    case: Case
    open: Annotated[list[OpenQuestion], about("没得到回答的问题")]
    present: Annotated[bool | None, about("客户在不在；说不准时是 `null`")]
    variables: Annotated[dict[str, str], about("常用语里变量的值")]
