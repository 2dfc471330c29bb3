"""The forms in which customers press what was just said: for its ground, its exceptions, how sure it is.

Grammar, few and closed; what the question is about is read elsewhere."""

from __future__ import annotations

from beian.text import patterns

_GROUND = patterns.compile(
    "出处|原文|原话|依据|(?:哪|第几)一?[条节章款页]|哪个?(?:章节|部分|文件|条例|办法|法律|法规|条款)|法律|法规|条例|章节"
    "|谁(?:规定|定)的|哪里?(?:规定|写着|写的|有写)|[注标]明(?:位置|出处|来源)|来源"
)
_ORIGINAL = patterns.compile("原文|原话|引文|一字不[差漏]|逐字")
_EXCEPTIONS = patterns.compile(
    "例外|除外|破例|通融|网开一面|豁免|特例|特殊(?:情况|情形|原因|处理|对待)|不通常"
    "|(?:什么|啥|哪些?|哪种)(?:情况|情形|时候)下?.{0,3}(?:不用|不需要|可以不|能不|不算|不受|打不开|会停|会断)"
)
_CERTAIN = patterns.compile("一定|必然|必定|肯定|绝对|百分之?百|铁定|保证|每次都|都会|准会")
_QUOTES = patterns.compile(
    "(?:[你您]们?|上面|上边|前面|刚才|刚刚|这里|文档里?)(?:刚才|刚刚|刚|前面|上面|上边|之前|上一条|里)*(?:所)?"
    "(?:说|讲|写|提|回答?)(?:过|到|了)?的?"
)
_WANTED = patterns.compile("(?:我|人家|咱)(?:就|只|明明)?(?:是|想|要)?(?:在)?(?:问|知道|说|要)的?是?")
_COMPLAINS = patterns.compile(
    "又是|又说|又给|怎么又|咋又|怎么还|咋还|老是|总是|谁问|没问|不是[问让叫]|别再|别给|别老|不要再|答非所问|所答非所问|文不对题|跑题|不对题"
    # 什么格式……我问: what was answered, and who asked for that
    "|^(?:什么|啥|哪来的?|扯什么)[^,，。;；?？!！.…]{1,6}(?:[啊呀][,，!！]|[….!！。]{1,8})我(?:就|只|明明)?(?:是|想)?(?:问|说|要)"
)


def asks_the_ground(text: str) -> bool:
    """Whether it asks where something stands, or what it rests on: 出处在哪, 哪一节写的."""
    return bool(_GROUND.search(text))


def asks_the_original(text: str) -> bool:
    """Whether it asks for the document's own words: 请引原文."""
    return bool(_ORIGINAL.search(text))


def asks_exceptions(text: str) -> bool:
    """Whether it asks for exceptions to a rule: 有没有例外, 什么情况下可以不."""
    return bool(_EXCEPTIONS.search(text))


def asks_if_certain(text: str) -> bool:
    """Whether it asks if something is sure to come: 一定会罚吗."""
    return bool(_CERTAIN.search(text))


def quotes_us(text: str) -> bool:
    """Whether it takes up what the assistant or the document said: 你刚才说可能."""
    return bool(_QUOTES.search(text))


def without_the_quoting(text: str) -> str:
    """The message without the words that only take up what was said: 你刚说提前沟通 → 提前沟通."""
    return _QUOTES.sub("", text)


def complains(text: str) -> bool:
    """Whether it complains that something else was answered: 怎么又是材料."""
    return bool(_COMPLAINS.search(text))


def what_is_wanted(text: str) -> str | None:
    """What a message says to want instead (我问的是期限 → 期限); None where it says nothing of the kind."""
    found = list(_WANTED.finditer(text))
    return text[found[-1].end() :] or None if found else None
