"""Canned replies, hours and absences, and which knowledge is in use."""

from typing import Annotated

from typing_extensions import NotRequired, TypedDict

from beian.contract.about import about, described
from beian.contract.desk.words import Count


@described("一条常用语")
class Snippet(TypedDict):
    """A reply the team shares; what stands in braces is filled in from the case."""

    n: Count
    name: str
    text: str


class Snippets(TypedDict):
    """All of them, and the variables there are."""

    snippets: Annotated[list[Snippet], about("按名称")]
    variables: list[str]


class NewSnippet(TypedDict):
    """Another one."""

    name: str
    text: str


class ChangedSnippet(TypedDict, total=False):
    """One written anew, or taken away."""

    name: str
    text: str
    remove: Annotated[bool, about("`true`：删去")]


class Away(TypedDict):
    """When an agent is away."""

    begin: NotRequired[Annotated[float | None, about("不填就是现在")]]
    until: Annotated[float | None, about("`null` 是回来了")]


@described("一段放假的日子")
class Closure(TypedDict):
    """Days on which nobody is there."""

    first: str
    last: str
    why: str


@described("没有生效的改动")
class RefusedKnowledge(TypedDict):
    """Why a later state of the knowledge base did not come into use."""

    at: Annotated[float, about("何时没有换上")]
    faults: Annotated[list[str], about("每个错误一行")]


@described("正在用的知识库")
class KnowledgeShown(TypedDict):
    """Which state of the knowledge base is answered from, and why a later one is not."""

    version: Annotated[str, about("正在用的版本")]
    since: Annotated[float, about("从何时起用它回答")]
    refused: Annotated[RefusedKnowledge | None, about("没有生效的改动；没有则 `null`")]


@described("现在有效的人工时间")
class HoursShown(TypedDict):
    """The hours that hold."""

    hours: Annotated[str, about("写的样子")]
    setting: Annotated[str, about("`BEIAN_DESK_HOURS` 的，给人看的")]
    is_written: Annotated[bool, about("是不是在页面上改过")]
    text: Annotated[str, about("给人看的")]
    open: bool
    next: str | None
    closed: Annotated[list[Closure], about("放假的日子")]


class ChangedHours(TypedDict):
    """Other hours, and the days closed."""

    hours: NotRequired[Annotated[str | None, about("`null`：照设置")]]
    closed: list[Closure]
