"""Accounts and the audit log, for admins."""

from typing import Annotated, Literal

from typing_extensions import NotRequired, TypedDict

from beian.contract.about import about, described
from beian.contract.desk.words import Count, Role, Seconds


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
