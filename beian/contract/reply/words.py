"""The words of a reply: what it may be, and how its parts are shown."""

from typing import Annotated, Literal

from beian.contract.about import about

MOST_FACTS = 4
"""How many facts one reply states."""
MOST_SUPPLEMENTS = 2
FactId = Annotated[
    str, about("事实编号（`kb/procedure.yml`）", named="FactId", pattern=r"^[a-z_]+(\.[a-z_]+)+$")
]
Day = Annotated[
    str,
    about(
        "一天，`YYYY-MM-DD`；只知道大概时是 `头一天/最后一天`",
        named="Day",
        pattern=r"^\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?$",
    ),
]
Status = Annotated[
    Literal["answered", "clarify", "uncovered", "out_of_scope", "smalltalk", "handoff", "error"],
    about(
        "回答的性质",
        named="Status",
        values={
            "answered": "问的事实在 `text` 里，`facts` 至少一条",
            "clarify": "反问，或引导清单的下一问；选项在按钮和 `choices` 卡片里，打字回答、说“第二个”也可以",
            "uncovered": (
                "与备案有关，但文档没有答案：照实说、给相近的内容和客服电话（`facts` 里有 `contact.support`）"
            ),
            "out_of_scope": "与备案无关",
            "smalltalk": "寒暄、道谢、“说简单点”之类；没看懂时也会反问（`clarify`）",
            "handoff": "要真人，或问人工的事（排队、留言）：电话、工单；要人时还有可以直接转述的情况",
            "error": "没有文字、太长，或服务出错；`facts` 为空",
        },
    ),
]
CardType = Annotated[
    Literal["checklist", "steps", "choices", "deadline", "verdict", "comparison"],
    about(
        "怎样呈现",
        named="CardType",
        values={
            "checklist": "要备齐的东西，可以打勾",
            "steps": "按顺序的步骤",
            "choices": "反问的选项，与按钮一一对应",
            "deadline": "算出来的期限，`title` 就是最晚的那天；与 `deadlines` 对应",
            "verdict": "网站名称、年龄等的检查结果；`verdicts` 与 `items` 一一对应：`ok`、`no`、`unsure`",
            "comparison": "两样并列，一行一样；`title` 是区别",
        },
    ),
]
