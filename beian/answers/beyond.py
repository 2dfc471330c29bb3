"""What a question asks beyond a statement: a length of time that it has not, or words of another subject."""

from __future__ import annotations

from collections.abc import Sequence

from beian.answers.brief import brief
from beian.answers.render import fact_text
from beian.answers.things import NO_NAME
from beian.kb import Fact, KnowledgeBase
from beian.text import patterns
from beian.text.words import segmenter_with

_LENGTH = patterns.compile("多久|多长时间|几天|多少天|几个?小时|多少个?工作日|多大可能")
_FIGURE = patterns.compile(r"\d")
_AROUND = patterns.compile("^(?:那么?|请问|所以|[,，])+|(?:大概|一般|通常|需要|[要得会是])+$")
_FURTHER = patterns.compile(
    "(?:需?要)?(?:交|准备|提供|带)?(?:什么|啥|哪些)|[去在上]?哪|怎么|要?(?:多少钱|收费|花钱)"
)
_SHORTEST = 3
_STATEMENT_ENDS = patterns.compile("[；。\n]")
# Words that carry no subject: they ask, judge or point, or stand in any question on a filing.
_ASKING = (
    "是不是|有没有|要不要|用不用|能不能|可不可以|会不会|行不行|不用|不行|需要|需|一定|必须|非|肯定|必然|可能|真|真的|到底"
    "|究竟|怎么办|怎样|咋|咋办|咋样|为什么|为啥|多久|哪个|哪些|如何|还是|如果|要是|万一|假如|的话|属于|算是|一样|同样|区别"
)
_SPOKEN = (
    "地|得|着|好|对吧|就是|那么|这种|这样|那样|你们|咱们|人家|告诉|一下|一点|点|直接|一句话|给|准话|与|但|但是|可是|然后|比如"
    "|过来|过去|下来|上去|起来|出来|例如|等|以及|等等|不|别|没法|办法|情况|问题|事|事情|时候|请|请问|谢谢|麻烦|意思|其他|别的|另外|自己|本人|每|哦|哈|嗯|喂|嘛|啊|呀"
)
_TIMES = (
    "现在|今天|目前|之后|以后|之前|以前|后|前|里|中|内|外|天|日|号|月|年|岁|周岁|工作日|以内|之内|以上|以下|满"
    "|超过|大概|一般"
)
_AMOUNTS = "个|份|张|次|种|样|条|项|件|最|最多|最少|最快|最慢|最晚|至少|所有|全部|任何|光"
_FILING = "文档|文件|规定|要求|写|写的|写明|备案|变更|办理|提交|报|变|新|旧|公司|个人|企业|网站|主体|老板"
_EMPTY = NO_NAME | frozenset("|".join((_ASKING, _SPOKEN, _TIMES, _AMOUNTS, _FILING)).split("|"))
_SIGNS = patterns.compile("[^\u4e00-\u9fffA-Za-z]+")


def lacks_length(text: str, said: str) -> bool:
    """Whether a question asks how long, and a statement has no number at all."""
    return bool(_LENGTH.search(text)) and not _FIGURE.search(said)


def line_without_length(text: str, facts: Sequence[Fact]) -> str | None:
    """The statement with what a question asks the length of (重新备案要多久), where it has no number itself
    and no other of these is about it; None for any other question."""
    asked = _LENGTH.search(text)
    if len(facts) != 1:
        return None
    end = facts[0].consequence or ""
    further = _FURTHER.search(text)
    if asked is None and further and len(subject := text[: further.start()].lstrip("那,，")) > _SHORTEST:
        # 重新备案要交什么: of what follows no more is written
        return end if subject in end else None
    if asked is None:
        return None
    subject = _AROUND.sub("", text[: asked.start()])
    said = _STATEMENT_ENDS.split(fact_text(facts[0]))
    lines = [line for line in said if len(subject) > 1 and subject in line]
    return None if not lines or any(map(_FIGURE.search, lines)) else f"{lines[0]}。"


def beyond_its_words(text: str, facts: Sequence[Fact], kb: KnowledgeBase) -> bool:
    """Whether a question holds words of a subject that none of the statements about these facts has."""
    words = segmenter_with(kb.words).cut(_SIGNS.sub(" ", text))
    subject = [word for word, _ in words if word not in _EMPTY]
    held = "".join(_said_of(fact, kb) for fact in facts)
    return not all(_is_in(word, held) for word in subject)


def _is_in(word: str, held: str) -> bool:
    pairs = [word[place : place + 2] for place in range(len(word) - 1)] or [word]
    return any(pair in held for pair in pairs)


def _said_of(fact: Fact, kb: KnowledgeBase) -> str:
    """All that is said of a fact, in every form, and the words that its rulings know."""
    verdicts = [
        text
        for key, text in kb.phrases["verdict"].items()
        if key.startswith(fact.id) and isinstance(text, str)
    ]
    cases = (*kb.rulings.cases, *kb.rulings.confirmed)
    ruled = [word for case in cases if fact.id in case.facts for words in case.names for word in words]
    terms = [
        alias for term in kb.terms if term.name in fact_text(fact) for alias in (term.name, *term.aliases)
    ]
    own = [
        fact.title,
        fact.question,
        fact_text(fact),
        brief(fact, kb),
        fact.why or "",
        fact.consequence or "",
    ]
    return "\n".join([*own, *verdicts, *ruled, *terms])
