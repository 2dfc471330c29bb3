"""What a page is told before anybody talks, and tells of the customer."""

from typing import Annotated

from typing_extensions import TypedDict

from beian.contract.about import about, described
from beian.contract.reply import Choice, FactId


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
