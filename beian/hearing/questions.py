"""The form of a question: yes or no, with or without something, how many, which end, one beside another.

These forms are grammar, few and closed; what a question is about is read elsewhere, by meaning.
"""

from __future__ import annotations

from beian.text import patterns
from beian.text.clauses import ALTERNATIVE, offers_alternatives

# 要不要, 用不用 ask; what is left of 不 after taking them out denies.
_EITHER = patterns.backtracking(r"([\u4e00-\u9fff]{1,2})[不没]\1(?:以|要|用|得)?|是否|能否|可否|有没有")
CLAUSE_END = patterns.compile(r"[,，。;；!！\s]")
_PARTICLE = patterns.compile(
    r"(?:[吗嘛么吧不没呗]|行|可以|就够了?|成|对|[过超逾到]期了?没有?|超时了?没有?)[啊呀呢的了]?[?!。.~]*$"
)
_RHETORICAL = patterns.compile("[也还都又非](?:不|没)?(?:得|要|需|必须|用).*[啊呀啦哦咯]$")
_OPEN = patterns.compile("什么|啥|哪|谁|(?:^|[^那这好])几|多少|多久|多长|怎|咋|为何|如何|何时|为啥")
_WITHOUT = patterns.compile(
    "(?:不|免)(?:再|用|想|肯|能)?(?:交|提供|准备|盖|签|传|给|带|附|拍|补|过户|改|换|写|填)"
    "|[没少](?:交|提供|准备|盖|签|传|给|带|附|拍|补)|省(?:掉|略|了|去)|漏"
)
_LACKING = patterns.compile("没有|没[给发开拿领]|没收到|丢|遗失|找不到|拿不到|不见了|补办|还没下来")
_THE_REST = patterns.compile(
    "(?:还|就)?[缺差少](?:什么|啥|哪|几)|还[要需得]{1,2}(?:准备|交|弄|补)?(?:什么|啥|哪)|剩下?的?(?:是|有|还)?(?:什么|啥|哪)"
)
_LAW = patterns.compile("法[规律条]|哪[部个条].{0,2}法|规定|条例|条文|国家|政策|依据|谁定|谁要求")
_UNCHANGED = patterns.compile("[没不未]有?[变换改动]")
_ONLY = patterns.compile("只|光|单|就够|就行|就可以")
_PERMITTED = patterns.compile("行|可以|能|可否|成不成|ok")
# 排第几个 asks for a place.
_HOW_MANY = patterns.compile("(?:^|[^好第])(?:几|多少)([样种步条点项类个])")
_COMPARES = patterns.compile(
    "区别|不同|差别|差异|差在|哪里不一样|一样[吗么不]|一样的?[吗么不]|一回事|一码事|是(?:同)?一个|相同|都是.{1,8}吗"
)
_SUPPOSES = patterns.compile("假如|假设|假定|如果|要是|倘若|若是|万一|比方|比如")
# What a question asks for, and what a statement that answers it holds.
_WANTED = (
    (
        patterns.compile("上哪|[在去]哪|哪里|哪儿|啥地方|什么地方|哪个部门"),
        patterns.compile("系统|官网|客服|工单|管局|管理局|平台|页面"),
    ),
    (
        patterns.compile("谁|哪位|找哪个人"),
        patterns.compile("双方|本人|主体|客服|管局|管理局|负责人|法定代表人|个人|企业"),
    ),
    (
        patterns.compile("多久|几天|多少天|多长时间|几个工作日|什么时候|啥时候"),
        patterns.compile(r"\d|之前|之后|通过前|通过后|期间|提前|及时"),
    ),
    (patterns.compile("多少钱|收费|费用|要钱|花钱"), patterns.compile("元|费")),
)
_QUANTITY = patterns.compile(
    "(?:几|多少)个?(?:字|位|小时|分钟|工作日|天|日|月|年|次|回|遍|份|张|页|元|块|兆)(?:[^下几]|$)"
)
_A_QUANTITY = patterns.compile(
    r"\d|[一二两三四五六七八九十百]个?(?:字|位|小时|分钟|工作日|天|日|月|年|次|回|遍|份|张|页|元|块|兆)"
)
_GIVING = (
    "[没不未]有?[变换改动]过?|[会被]{1,3}(?:打回来?|退回?来?|驳回|拒|卡)",
    "[要用需得必须可以能行成对交给传带附备拿发拍有没不的了吗嘛么呢吧呀啊]",
    "[就够只光单也都还再又是新旧两份张一个我你您他她们,，。.?？!！ ]",
    "重新|提供|准备|上传|提交|盖章|公章|签字|复印件|原件|填",
)
_ONLY_GIVING = patterns.compile("|".join(_GIVING))
# What is asked the meaning of, and what may stand before it and after it.
_LEADING = (
    "那么?|请问|问一下|还有|所以|这个|那个|这里的?|里面的?|上面的?|文档里?的?",
    "[你您]们?说的|刚才?说的|说的|所谓的?|新手|不懂|(?:请|麻烦|帮忙|帮我)?(?:解释|说明|讲解|讲)(?:一下|下)?",
    "[,，。\\s]",
)
_BEFORE_A_WORD = f"^(?:{'|'.join(_LEADING)})*"
_AFTER_A_WORD = "(?:啊|呀|呢|来着|啦|了|嘛|么|[?？!！。.~～\\s])*$"
_MEANING = patterns.compile(
    f"{_BEFORE_A_WORD}(?:"
    "(?:什么|啥|何)(?:是|叫做?|谓|算)(?P<after>.+?)"
    "|(?P<before>.+?)(?:[又都]?(?:到底|究竟|具体)?(?:说|讲)?(?:[是指算叫]|是指|指的是?)的?"
    "(?:什么|啥|谁|哪个|哪种)(?:意思|东西|玩意儿?|概念|部门|单位|人|章|机构)?"
    "|的?(?:是)?(?:什么|啥|几个)意思|怎么理解|的(?:意思|定义|概念|含义)(?:是(?:什么|啥))?)"
    f"){_AFTER_A_WORD}"
)
_TWO = patterns.compile(
    f"{_BEFORE_A_WORD}(?P<one>.+?)[和跟与同](?P<other>.+?)"
    "(?:[有是](?:什么|啥|何|没有)?|之间|到底|究竟|的|都|一样|不一样|[有是]不[有是])*(?:区别|不同|差别|差异|一样|一回事|一码事|一个东西|一个意思|分别)"
    f"(?:在哪里?|是什么|是啥|吗|么|不|嘛)*{_AFTER_A_WORD}"
)


def is_polar(text: str) -> bool:
    """Whether a message asks for yes or no: 要盖章吗, 行不行, 正面就够了吧."""
    return any(map(_is_polar_clause, CLAUSE_END.split(text.replace("?", "? ").replace("？", "？ "))))


def _is_polar_clause(clause: str) -> bool:
    if clause.endswith(("?", "？")) and not _OPEN.search(clause) and not offers_alternatives(clause):
        # 法人身份证也得交?
        return True
    if _RHETORICAL.search(clause) and not _OPEN.search(clause):
        # 身份证没换, 也得重新拍啊
        return True
    if _EITHER.search(clause):
        return not _OPEN.search(_EITHER.sub("", clause))
    return bool(_PARTICLE.search(clause)) and not _OPEN.search(clause)


def clauses_of(text: str) -> list[str]:
    """The clauses of a message."""
    return [clause for clause in CLAUSE_END.split(text) if clause]


def last_clause(text: str) -> str:
    """The last clause with anything in it; "" where there is none."""
    return next((clause for clause in reversed(CLAUSE_END.split(text)) if clause.strip("?？")), "")


def alternatives(text: str) -> tuple[str, str]:
    """What stands before and after the word that offers them."""
    before, _, after = text.partition(ALTERNATIVE)
    return before, after


def asks_leave(text: str) -> bool:
    """Whether it asks if something may be done, and not if it has to be: 行吗, 能不能."""
    return bool(_PERMITTED.search(text))


def does_without(text: str) -> bool:
    """Whether it is about leaving something out: 能不能不交, not 要不要交."""
    return bool(_WITHOUT.search(_EITHER.sub("", text)))


def lacks_answer(text: str, said: str) -> bool:
    """Whether a question asks where, who, how long or how much, and a statement says nothing of the kind."""
    return any(asks.search(text) and not answers.search(said) for asks, answers in _WANTED)


def lacks_quantity(text: str, said: str) -> bool:
    """Whether a question asks for a number of something (几个字, 保留几天) and a statement has no number."""
    return bool(_QUANTITY.search(text)) and not _A_QUANTITY.search(said)


def asks_something_else(rest: str) -> bool:
    """Whether a question goes on, after what it names, to something that is not only giving it or not: after
    照片, 要不要手持 and not 要不要."""
    return len(_ONLY_GIVING.sub("", _EITHER.sub("", rest))) > 1


def unchanged(text: str) -> bool:
    """Whether something has not changed: 电话没变."""
    return bool(_UNCHANGED.search(_EITHER.sub("", text)))


def asks_the_law(text: str) -> bool:
    """Whether it asks for the law, or who made the rule: 哪部法, 谁规定的, 国家要求的吗."""
    return bool(_LAW.search(text))


def asks_the_rest(text: str) -> bool:
    """Whether it asks what is wanted besides: 还缺啥, 剩下的是什么."""
    return bool(_THE_REST.search(text))


def lacks(text: str) -> bool:
    """Whether the customer has not got something: 没有怎么办, 丢了."""
    return bool(_LACKING.search(_EITHER.sub("", text)))


def only_part(text: str) -> bool:
    """Whether it is about giving a part only: 只拍正面, 正面就够了吧."""
    return bool(_ONLY.search(text))


def counted_unit(text: str) -> str | None:
    """The measure word of a question how many there are (几样 → 样); None where it is none."""
    match = _HOW_MANY.search(text)
    return match.group(1) if match else None


def meaning_asked(text: str) -> str | None:
    """What a question asks the meaning of, and nothing else: 主体 of 主体是啥意思; else None."""
    match = _MEANING.match(text)
    return (match.group("after") or match.group("before")) if match else None


def side_by_side(text: str) -> tuple[str, str] | None:
    """The two things whose difference is asked for, and nothing else; None for another question."""
    match = _TWO.match(text)
    return (match.group("one"), match.group("other")) if match else None


def compares(text: str) -> bool:
    """Whether it sets one thing beside another: 有什么区别, 一样吗."""
    return bool(_COMPARES.search(text))


def supposes(text: str) -> bool:
    """Whether it only supposes what it speaks of: 假如12月1号换."""
    return bool(_SUPPOSES.search(text))
