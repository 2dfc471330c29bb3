"""Questions that want nothing but the verdict, or one of two things ranked before the other."""

from __future__ import annotations

from beian.hearing.questions import is_polar
from beian.text import patterns

# Nothing but yes or no: 所以行还是不行, 那到底可不可以.
_LEADING = (
    "(?:所以|那么?|到底|究竟|就是说?|直接说|你就说|就说|给个准话|一句话|意思是|我就问|这样|是|还是|也就是说"
    "|[,，。\\s])*"
)
_WORD = "(?:行|可以|能|要|算|对|成|可|用|合规|符合)"
_BARE = patterns.compile(
    f"^{_LEADING}{_WORD}(?:以)?(?:还是|[不没]){{1,3}}{_WORD}(?:以)?(?:[啊呀呢嘛吗啦的]|给个准话|[,，?？!！。~\\s])*$"
)
_RANKS = patterns.compile(
    "(?:哪[个种边样]|哪一[个种]|谁).{0,4}(?:省事|省心|麻烦|简单|容易|快|慢|久|划算|省钱|好办|好弄|方便|靠谱|好)"
    "|比.{1,12}(?:省事|麻烦|简单|容易|快|慢|久|划算|方便)|更(?:省事|麻烦|简单|容易|快|慢|久|划算|方便)"
)
_WHICH_NEEDED = patterns.compile(
    "有没有.{0,6}(?:可以|能)?(?:省|不用|不交|不要)|哪.{0,4}(?:必须|必交|必要|必备|一定|可以不|能不|可不|不用|不要|不交|可选|可有可无|省)|(?:必须|必交|必备|一定要?)的?是?哪"
)


# Whether what was said is taken rightly: 岂不是不合规, 香港是不行的意思吗; or is to be believed: 真的假的.
_VERDICTS = "(?:行|可以|能|合规|合格|符合|违规|要|用|算)"
_CONFIRMS = patterns.compile(
    f"^(?:那|所以|也就是说|就是说?|意思是|[,，])*(?:.{{1,6}}是|岂不是|难道|等于|就|是)?(?:都|就|也|说)?[不没]?{_VERDICTS}"
    "(?:的意思|咯|喽)?(?:[了的]|[吗吧啊呢么]|是吧|对吧|对不对|是吗|是不是|[?？!！。])*$"
)
# The same of the customer's own case (所以我这个就不行了).
_OWN = (
    "(?:[我他她它咱你]们?(?:公司|家|的)?|(?:这|那)(?:个|种|样|事|边)?|情况|名字|名称|服务器|机器|地址|样子|样|个"
    "|是|就|算|等于|说|说白了|反正)"
)
_OWN_VERDICT = patterns.compile(
    f"^(?:那么?|所以|也就是说|就是说?|意思是|合着|敢情|搞半天)*{_OWN}*(?:都|也|还|肯定|真的?|彻底|根本)?"
    "(?:不(?:行|可以|能(?:用|办|弄|当|交)?|成|合规|合格|符合|对|够|算)|没(?:戏|门|救|法(?:用|办|弄)|希望)|[当用办过弄]不[了成]"
    "|违规|白(?:搭|买|弄)|过期|晚|超了?|来不及|可以|行|能用)"
    "(?:的|了|咯|喽|呗|吗|吧|啊|呢|么|嘛|啦|是吧|对吧|是不是|是吗|[?？!！。])*$"
)
_BREAK = patterns.compile("[,，。;；!！?？\\s]+")
# What only presses for it, or laments it; anything else puts something new forward.
_BESIDE_IT = patterns.compile("直接?说|直说|准话|给句|明说|痛快|别绕|说清楚|一句话|白[买搭弄花忙]|浪费|亏")
_BELIEVES = patterns.compile("真的?假的?|是真是假|真的吗|有这回事|有这说法|有这个说法|是不是真的|靠谱吗")
_HAS = patterns.compile("有了|好了|齐了|备好|准备了|拿到|已经?|都有|现成")
_CAUSE = patterns.compile("原因|因为|由于|导致|造成|引起|害的|怪|的缘故|才(?:被|给|会)?(?:驳|退|打|拒)")
# 等那天再交, 过完生日以后: whether it can be done later.
_WAITS = patterns.compile("等|再|以后|之后|那天|那时|到时|过完|完了")
# What was before the change, or who: 旧执照, 原负责人, 离职的那个.
_FORMER = patterns.backtracking(
    "(?<![依仍照])旧|老的?(?:负责人|法人|执照|证|身份证|地址|电话)|原(?:来|先|负责|法人|法定|老板)|前(?:任|负责|法人|老板)"
    "|上一?任|离职|辞职|走了的|退休|[以之]前[的那]"
)


def speaks_of_the_former(text: str) -> bool:
    """Whether it speaks of what was before the change, or of who was: 旧负责人要不要交身份证."""
    return bool(_FORMER.search(text))


def asks_to_wait(text: str) -> bool:
    """Whether it asks if something can be done later: 等到那天再交可以吗."""
    return is_polar(text) and bool(_WAITS.search(text))


def asks_the_cause(text: str) -> bool:
    """Whether it asks if something is the cause of what happened: 是不是就是这个原因."""
    return is_polar(text) and bool(_CAUSE.search(text))


def asks_the_verdict(text: str) -> bool:
    """Whether it wants the verdict on what was said last and nothing else: 所以行还是不行."""
    return bool(_BARE.search(text))


def ranks(text: str) -> bool:
    """Whether it asks which of two is easier, quicker or better: 哪个省事, 比普通变更慢吗."""
    return bool(_RANKS.search(text))


def asks_which_needed(text: str) -> bool:
    """Whether it asks which of several have to be given, or which need not: 哪样是必须的, 哪个可以不交."""
    return bool(_WHICH_NEEDED.search(text))


def confirms_the_verdict(text: str) -> bool:
    """Whether it asks if what was said is taken rightly: 那岂不是不合规."""
    return bool(_CONFIRMS.search(text)) or _of_the_own_case(text)


def _of_the_own_case(text: str) -> bool:
    clauses = [clause for clause in _BREAK.split(text) if clause]
    own = [clause for clause in clauses if _OWN_VERDICT.match(clause)]
    return bool(own) and all(clause in own or _BESIDE_IT.search(clause) for clause in clauses)


def asks_to_believe(text: str) -> bool:
    """Whether it tells what is said somewhere, and asks if it is so: 听说没人管，真的假的."""
    return bool(_BELIEVES.search(text))


def has_already(text: str) -> bool:
    """Whether something is there already: 身份证有了，还差什么."""
    return bool(_HAS.search(text))
