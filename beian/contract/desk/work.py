"""What an agent does with a conversation."""

from typing import Annotated

from typing_extensions import NotRequired, TypedDict

from beian.contract.about import about
from beian.contract.customer import MOST_CHARACTERS, ClientId
from beian.contract.desk.conversations import Case, DeskMessage, Note
from beian.contract.desk.words import MOST_LABELS, Count


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


class Sent(TypedDict):
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
