"""What the agents' desk sends and is told (docs/desk.md). Times are seconds since 1970."""

from typing import Annotated, Literal

from typing_extensions import NotRequired, TypedDict

from beian.contract.about import about, described
from beian.contract.customer import (
    MOST_CHARACTERS,
    ClientId,
    HoursNow,
    Limits,
    Message,
    MessageId,
    Mode,
)
from beian.contract.reply import Card, Status

MOST_LABELS = 12
MOST_SUGGESTIONS = 3

ACTIONS = {
    "login": "登录",
    "login_failed": "登录失败",
    "login_locked": "登录被锁",
    "logout": "退出",
    "logout_everywhere": "在所有设备退出",
    "log_out": "让人退出",
    "password": "改自己的口令",
    "set_password": "重设口令",
    "open": "打开会话",
    "search": "搜索",
    "claim": "接手",
    "transfer": "转给同事",
    "give_back": "回到等待",
    "reply": "回复",
    "hand_back": "交还助手",
    "close": "结束会话",
    "case": "改正情况",
    "note": "写备注",
    "labels": "改标签",
    "numbers": "看统计",
    "export": "导出",
    "delete": "删除会话",
    "add_agent": "建账号",
    "disable": "停用账号",
    "enable": "启用账号",
    "unlock": "解锁账号",
    "role": "改角色",
    "rename": "改名",
    "shown": "改对客户的名字",
    "audit": "看审计记录",
    "hours": "改人工时间",
    "away": "登记不在",
    "back": "结束不在",
    "snippets": "改常用语",
}
"""What is written in the audit log, in words."""

Role = Annotated[Literal["agent", "admin"], about("客服，管理员", named="Role")]
Count = Annotated[int, about(minimum=0)]
Seconds = Annotated[float, about("1970 年以来的秒数")]


@described("词汇表的一项")
class Term(TypedDict):
    """An entry of the vocabulary."""

    id: str
    name: str


# --- log-in ----------------------------------------------------------------------------------------


class DeskState(TypedDict):
    """What the desk is before anybody logs in."""

    title: str
    accounts: Annotated[bool, about("有没有账号")]


class LogIn(TypedDict):
    """Who wants in."""

    name: str
    password: str


class NewPassword(TypedDict):
    """The password of now and the one to be."""

    old: str
    new: str


class Ended(TypedDict):
    """How many log-ins were ended."""

    ended: Count


@described("账号、校验码、筛选项")
class Profile(HoursNow):
    """Who is logged in, and what the page needs to know."""

    name: str
    role: Role
    csrf: Annotated[str, about("改动时放在 `X-CSRF` 头里")]
    away_until: Annotated[float | None, about("登记了不在，到何时")]
    change_types: list[Term]
    subject_kinds: list[Term]
    items: list[Term]
    facts: Annotated[dict[str, str], about("事实的标题")]
    originals: Annotated[list[str], about("有流程文档原文可看的事实")]
    limits: Limits


# --- look-up ---------------------------------------------------------------------------------------


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


# --- conversations -----------------------------------------------------------------------------------


@described("搜索找着的那一条")
class Match(TypedDict):
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
    matched: NotRequired[Match]


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


class Claim(TypedDict, total=False):
    """Take over."""

    force: Annotated[bool, about("从别人手里接过来，限管理员")]


class Transfer(TypedDict):
    """Hand to a colleague."""

    to: str


class Correction(TypedDict, total=False):
    """The case as the agent knows it: only what changes, None to forget."""

    change_type: str | None
    item: str | None
    subject_kind: str | None
    changed_on: str | None
    submitted_on: str | None
    rejected_on: str | None
    rejection_reason: str | None


class CaseNow(TypedDict):
    """The case as it is now."""

    case: Case


class AgentReply(TypedDict):
    """An agent's message."""

    client_id: ClientId
    text: Annotated[str, about("文字", minLength=1, maxLength=MOST_CHARACTERS)]
    suggestion: NotRequired[Annotated[str, about("由哪条事实的建议开始")]]
    offered: NotRequired[Annotated[str, about("建议回复填入时的原文")]]
    warn: NotRequired[Annotated[bool, about("`true`：文字里有会被遮盖的号码时不发，答 409 `hidden`")]]


class Said(TypedDict):
    """The message that was sent."""

    message: DeskMessage


class HandBack(TypedDict, total=False):
    """Give it back to the assistant."""

    answer: Annotated[bool, about("`true`：由助手回答客户还没得到回答的问题")]


class ReadUpTo(TypedDict):
    """How far the agent has read."""

    last_id: Count


class NewNote(TypedDict):
    """A note to keep."""

    text: str


class NoteNow(TypedDict):
    """The note that was kept."""

    note: Note


class ChangedLabels(TypedDict, total=False):
    """Labels to put on and to take off."""

    add: Annotated[list[str], about(maxItems=MOST_LABELS)]
    remove: Annotated[list[str], about(maxItems=MOST_LABELS)]


class Labels(TypedDict):
    """The labels there are now."""

    labels: list[str]


class Confirmation(TypedDict):
    """That it is really to be deleted."""

    confirm: Annotated[str, about("再写一次会话编号")]


# --- the team ----------------------------------------------------------------------------------------


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


@described("现在有效的人工时间")
class RefusedKnowledge(TypedDict):
    """Why a later state of the knowledge base did not come into use."""

    at: Annotated[float, about("何时没有换上")]
    faults: Annotated[list[str], about("每个错误一行")]


class KnowledgeShown(TypedDict):
    """Which state of the knowledge base is answered from, and why a later one is not."""

    version: Annotated[str, about("正在用的版本")]
    since: Annotated[float, about("从何时起用它回答")]
    refused: Annotated[RefusedKnowledge | None, about("没有生效的改动；没有则 `null`")]


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


@described("一处登录")
class SessionShown(TypedDict):
    """A log-in."""

    created: Seconds
    seen: Seconds


@described("一次不在")
class Absence(TypedDict):
    """From when until when somebody is away."""

    begin: Seconds
    until: Seconds


@described("一个账号")
class AgentShown(TypedDict):
    """An account, as admins see it."""

    name: str
    role: Role
    created: Seconds
    disabled: bool
    here: bool
    sessions: list[SessionShown]
    absence: Annotated[Absence | None, about("现在的或下一次的不在")]
    shown: Annotated[str | None, about("对客户的名字")]


class Agents(TypedDict):
    """All accounts."""

    agents: list[AgentShown]


class NewAgent(TypedDict):
    """An account to make."""

    name: str
    password: str
    role: NotRequired[Role]


class ChangedAgent(TypedDict):
    """One change of an account."""

    job: Literal[
        "log_out", "unlock", "disable", "enable", "password", "role", "rename", "shown", "away", "back"
    ]
    password: NotRequired[str]
    role: NotRequired[Role]
    to: NotRequired[Annotated[str, about('新的名字；`shown` 是对客户的，`""` 为不说名字')]]
    begin: NotRequired[float | None]
    until: NotRequired[float | None]


@described("一条审计记录")
class AuditEntry(TypedDict):
    """What somebody did or saw."""

    n: Count
    at: Seconds
    agent: str
    action: str
    conversation: str | None
    detail: str | None


class AuditPage(TypedDict):
    """A page of the log."""

    entries: Annotated[list[AuditEntry], about("新的在前")]
    more: Annotated[bool, about("前面还有没有")]


# --- numbers -----------------------------------------------------------------------------------------


@described("一个数")
class NumberShown(TypedDict):
    """A number, what it is a share of, and by day."""

    value: float | None
    of: int | None
    by_day: list[float | None]
    behind: Annotated[int, about("背后有几个会话", minimum=0)]
    before: Annotated[float | None, about("同样长的上一时段")]


@described("一个数叫什么、怎么算")
class FigureShown(TypedDict):
    """What a number is called and how it is counted."""

    id: str
    name: str
    kind: Literal["share", "count", "seconds"]
    about: Annotated[str, about("怎么算")]
    opens: Annotated[str, about("点开是什么")]


@described("一个没答上的主题")
class ThemeCount(TypedDict):
    """How often nobody could answer a theme."""

    id: str
    title: str
    count: Count
    texts: Annotated[list[str], about("原话")]


@described("一条事实的评价")
class ThumbCount(TypedDict):
    """What customers think of a fact's answers."""

    id: str
    title: str
    up: Count
    down: Count


@described("一条没有用到的事实")
class NeverUsed(TypedDict):
    """A fact that nobody was told."""

    id: str
    title: str


@described("一个时段的数")
class Numbers(TypedDict):
    """The numbers of a period."""

    days: list[str]
    numbers: dict[str, NumberShown]
    figures: list[FigureShown]
    headlines: Annotated[list[str], about("排在最前面的数")]
    hours: Annotated[dict[str, list[int]], about("按一天里的小时")]
    themes: Annotated[list[ThemeCount], about("没答上的问题")]
    thumbs: Annotated[list[ThumbCount], about("按事实的评价")]
    never: Annotated[list[NeverUsed], about("没有用到的事实")]
