"""What is asked of several clients or changes at once: in general, or which of them comes first."""

from __future__ import annotations

from beian.text import patterns

# 分别怎么办, 各要啥, 先忙哪个, 给我三行: nothing in particular. Few words, so that each of them is listed.
_IN_GENERAL = patterns.compile(
    "^(?:那么?|请问|问一?下?|麻烦|谢谢|帮|给|我们?|你们?|您|分别|各自?|每[家个]|都|又|到底|具体|应该|该|得|需?要|准备"
    "|先|最|更|急|优先|怎么|咋|如何|安排|一[起块]|怎样|办理?|弄|忙|搞|整|处理|操作|顾|管|[干做走交报]|提[交供]|什么|啥|哪[些家个边]?|谁"
    "|材料|资料|东西|手续|说|讲|列|写|一?下|[一两三四五几1-5]?[行句条家个份]|话|就行|呢|啊|呀|的|了|吧|嘛|吗|排序?|顺序"
    "|轮|动手|开始|才|好|是|[,，。.?？!！~\\s])*$"
)
_FIRST = patterns.compile(
    "(?:先|[更最]?急|[更最]紧|紧急|赶|优先|最早)[^,，。;；?？!！]{0,6}?(?:哪(?:一?[家个件项边样]|$)|谁)"
    "|(?:哪(?:一?[家个件项边样])|谁)[^,，。;；?？!！]{0,6}?(?:先|[更最]?急|[更最]紧|紧急|优先|最早|排前|赶)"
)
_ASKS = patterns.compile(
    "[吗呢么?？]|怎|咋|如何|什么|啥|多[久少长]|[哪谁几]|[能要行用会]不[能要行用会]|是不是|有没有|是否|能否"
)
# Which is reviewed first is another question, and which of the papers.
_NOT_OF_THEM = patterns.compile("审|材料|资料|批|一步|找谁|签|登|页面|系统|选项|电话|解析|工作日|结果")


def asks_something(text: str) -> bool:
    """Whether a text asks anything, and not only names what may be asked for (换电话)."""
    return bool(_ASKS.search(text))


def asks_in_general(text: str) -> bool:
    """Whether a text asks nothing in particular."""
    return bool(_IN_GENERAL.search(text))


def asks_which_first(text: str) -> bool:
    """Whether it asks which of several is to be done first: 先办哪家, 最急的是哪个."""
    return bool(_FIRST.search(text)) and not _NOT_OF_THEM.search(text)
