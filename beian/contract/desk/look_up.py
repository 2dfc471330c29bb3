"""Looking up an answer, and what the tools work out."""

from typing import Annotated, Literal

from typing_extensions import TypedDict

from beian.contract.about import about, described
from beian.contract.reply import Card, Status


@described("查到的一条事实")
class Hit(TypedDict):
    """A fact that was found."""

    fact: str
    title: str
    text: str
    section: str
    layer: str
    confidence: Annotated[float | None, about("理解的把握；只是文字对上时是 `null`")]
    matched: Annotated[str | None, about("最像的已知问法")]
    by: Annotated[Literal["answer", "likely", "text"], about("助手会说的、有可能的、文字对上的")]
    change_type: str | None
    subject_kind: str | None


@described("一处出处")
class FoundSource(TypedDict):
    """What the assistant's answer rests on."""

    title: str
    section: str
    layer: str


@described("助手会怎么答，和查到的事实")
class Found(TypedDict):
    """What the assistant would reply, and the facts, best first."""

    query: str
    status: Status | None
    answer: str | None
    hits: list[Hit]
    sources: list[FoundSource]


@described("算出来的")
class ToolResult(TypedDict):
    """What a tool works out."""

    text: str
    card: Card | None


class ToolAnswer(TypedDict):
    """The same, or None where nothing could be read."""

    result: Annotated[ToolResult | None, about("读不出时为 `null`")]
