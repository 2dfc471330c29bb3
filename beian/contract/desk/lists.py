"""The list of conversations."""

from typing import Annotated

from typing_extensions import NotRequired, TypedDict

from beian.contract.about import about, described
from beian.contract.customer import MessageId, Mode
from beian.contract.desk.words import Count


@described("搜索找着的那一条")
class MatchedMessage(TypedDict):
    """The message a search found."""

    message: MessageId
    text: str


@described("列表的一行")
class Row(TypedDict):
    """A conversation in the list."""

    id: str
    mode: Mode
    since: Annotated[float, about("现在的状态从何时起")]
    updated: Annotated[float, about("最后一次变化")]
    agent: str | None
    last_id: Count
    last_author: str
    preview: str
    unread: Count
    unanswered: Annotated[float | None, about("客户没得到人回复的第一条是何时")]
    question: Annotated[str, about("客户最后问的")]
    case: Annotated[str, about("等人工的、人工中的：客户的情况")]
    gone: Annotated[bool, about("接手的人离开了，谁都可以接手")]
    labels: list[str]
    matched: NotRequired[MatchedMessage]


class Rows(TypedDict):
    """Some rows."""

    rows: list[Row]


class RowNow(TypedDict):
    """A row as it is now."""

    row: Row


@described("列表，或搜索的结果")
class Listed(Rows):
    """The list, or what a search found."""

    labels: Annotated[list[str], about("用着的标签")]
    open: Annotated[bool, about("是不是人工时间")]
    counts: Annotated[dict[str, int], about("各段有多少；搜索时是 `{}`")]
    before: Annotated[float | None, about("搜索接着找时的 `before`")]


@described("可以转给的同事")
class Colleague(TypedDict):
    """Whom a conversation could be handed to."""

    name: str
    here: Annotated[bool, about("在不在工作台前")]
    away_until: Annotated[float | None, about("登记了不在，到何时")]


class Colleagues(TypedDict):
    """All of them."""

    colleagues: Annotated[list[Colleague], about("在的在前")]
