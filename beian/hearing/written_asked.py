"""What a message asks if it is written at all (护照行不行，文档里写没写): the thing named, not the
document."""

from __future__ import annotations

from beian.text import patterns
from beian.text.clauses import looks_like_question

DOCUMENT = (
    "(?:在|就)?(?:这个|这份|那份|本|贵|[你您]们?的?)*"
    "(?:流程文档|流程文件|流程|文档|文件|规定|清单|办法)(?:里面?|中|上)?"
)
_SURELY = "(?:到底|究竟|具体|明确|专门|单独|真的|有|都|是|给|倒是|里面?|上面?)"
_WRITTEN = (
    "(?:写没写过?|列没列|提没提到?|说没说过?|讲没讲|写了没有?|列了没有?|提了没有?"
    "|(?:是否|有没有|有无)(?:载有|载明|写明|写到|写|列))"
)
_ASKS = patterns.compile(f"(?:{DOCUMENT}|{_SURELY})*{_WRITTEN}(?:过|到|了)?")
# 通知书上有没有写原因, 客服说没说过 are of another writing.
_ELSEWHERE = patterns.compile(
    "(?:执照|通知书?|短信|承诺书|协议|申请表|证书?|客服|管局|邮件)[^,，。;；]{0,3}[上里中说]"
)
# 文档没写就说没写: that is all that is wanted.
_ONLY_SAY = patterns.compile("没有?写?(?:的话)?就(?:直接|直)?(?:说|讲|告诉).{0,4}没")
_CLAUSE = patterns.compile("[,，。.;；:：!！?？、~…\\s]+")
# What presses for the answer names nothing: 别扯别的, 直说, 再问.
_PRESSES = patterns.compile(
    "^(?:(?:[你您我请就只再那]|别|不要|给|把|先|另)*(?:扯|绕|啰嗦|废话|直接?说|快说|说|讲|答|回答|问|问一?下|听|别的|其他|一下|一句|句话|准话"
    "|行|好|可以|吗|吧|啊|呀|呢|啦|了|嘛|我|你|是|的)*)$"
)
_LEADING = patterns.compile(
    "^(?:但|可|不过|那么?|所以|我|就|只|是|想|在|问|的|知道|确认|一下|下|关于|请问|你|您|再|另|直说|[:：])+"
)
_TRAILING = patterns.compile(
    "(?:可不可以|能不能|行不行|要不要|用不用|算不算|是不是|行吗|可以吗|能用吗|要吗).{0,8}$|(?:的|这个|这种|这份|情况|里面?|啊|呀|呢|吧|嘛)+$"
)


def asks_if_written(text: str) -> bool:
    """Whether a message asks if something is written in the document."""
    found = _ASKS.search(text)
    if found and _ELSEWHERE.search(text[: found.end()]):
        return False
    return bool(found or _ONLY_SAY.search(text))


def thing_named(text: str) -> str | None:
    """What it names, nearest to the question; None where it names nothing itself (写没写!)."""
    found = _ASKS.search(text)
    if found is None or _ONLY_SAY.search(text):
        return None
    before, after = _CLAUSE.split(text[: found.start()]), _CLAUSE.split(text[found.end() :])
    # what is asked of the thing (外籍，写没写可以用什么证件) comes after it
    first = [] if looks_like_question(after[0]) else [after[0]]
    clauses = [before[-1], *first, *reversed(before[:-1]), *after]
    bare = (named_in(clause) for clause in clauses if not _PRESSES.match(clause))
    return next((one for one in bare if len(one) > 1 and not _PRESSES.match(one)), None)


def named_in(clause: str) -> str:
    """The thing that a clause names, without the words that lead to it or ask of it: 发票要不要 → 发票."""
    return _TRAILING.sub("", _TRAILING.sub("", _LEADING.sub("", clause)))
