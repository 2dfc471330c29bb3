"""What a customer says of an answer or of a person, and ticks off."""

from typing import Annotated, Literal

from typing_extensions import NotRequired, TypedDict

from beian.contract.about import about, described
from beian.contract.customer.words import MOST_TICKS, MessageId


@described("客户的评价")
class Feedback(TypedDict):
    """What the customer thinks of an answer."""

    value: Literal["up", "down"]
    reason: NotRequired[Annotated[str, about("为什么")]]


class Opinion(TypedDict):
    """An opinion on an answer; None takes it back."""

    message_id: MessageId
    value: Annotated[Literal["up", "down"] | None, about("`null` 撤回")]
    reason: NotRequired[Annotated[str | None, about("为什么，自由的文字")]]


class Ticks(TypedDict):
    """Which entries of a checklist are done."""

    message_id: MessageId
    ticked: Annotated[
        list[Annotated[int, about(minimum=0, maximum=MOST_TICKS)]], about("从 0 数起", maxItems=MOST_TICKS)
    ]


class Satisfaction(TypedDict):
    """Whether a person helped."""

    value: Annotated[Literal[0, 1], about("1：解决了")]


class AskSatisfaction(TypedDict):
    """Whether that is to be asked."""

    ask: Annotated[bool, about("人工说过话、已经结束或交还、还没有评价过")]
