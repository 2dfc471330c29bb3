"""Cut a message into stretches that each ask something, where it may hold two or three questions."""

from __future__ import annotations

from beian.text import patterns

MOST_CLAUSES = 6
ALTERNATIVE = "还是"
# Nouns that ask for something by themselves, as people use them in lists: 换IP 材料 时间
_NOUNS = "材料|资料|文件|凭证|证明|手续|流程|步骤|时间|时长|时限|期限|周期|费用|收费|要求|后果|电话|条件|入口"
_ASKED_IN_ENGLISH = (
    "(?:what|how|where|when|which|who|why|do|does|did|can|could|is|are|will|would|should|may|must)"
)
_BREAK = patterns.backtracking(
    r"[,，。.!！;；:：\n、~…]{1,40}|(?<=[?？])|(?<=[吗呢])(?![?？])|(?<![a-z,])\s|\s(?![a-z])"
    # 过审后操作/客服电话, and not IP/域名
    r"|(?<=[\u4e00-\u9fff]{3})/(?=[\u4e00-\u9fff]{2})|(?<= )/(?= )"
    rf"|(?=\b(?:and|also|or|but)\s(?:also\s|then\s)?{_ASKED_IN_ENGLISH}\b)"
    r"|(?=还有(?!人|没|多))|(?=另外)|(?=顺[便带道])|(?=还[想要]问)|(?=以及(?:是否|能否|需|要|会|在哪|由谁|向谁|谁|哪|怎|如何))|(?=外加)|(?=再加上?)|(?=然后)|(?=并且)|(?=再问)|(?=再就是)"
    rf"|(?=(?:以及|及|和|跟|与)(?:{_NOUNS}|审核|提交|域名|备案号|所需|多久|几天|什么|应|何))"
)
_LEADING = patterns.compile(
    r"^(?:(?:and|also|or|but)\s+|还有|另外|顺[便带道](?:问一下|问下|问)?|还[想要]问(?:一下|下)?|外加|再加上?|以及|及|然后|并且|同时|再问(?:一下|下|个)?|再就是|和|跟|与|那么?)+"
)
_QUESTION = patterns.backtracking(
    r"[吗么呢嘛伐不没吧]$|\?$|什么|啥|多久|几[天个种类步项样次份日号岁]|([\u4e00-\u9fff])不\1|还是.|怎|咋|哪|如何|能否|是否|可否|多少|为何|何|要不要|用不用|会不会|能不能|行不行"
    r"|需不需要|有没有|可不可以|谁|多长|多大|干[嘛吗么什]"
    rf"|(?:^|\b(?:and|also|or|but)\s){_ASKED_IN_ENGLISH}\b"
)
_ASKED_NOUN = patterns.compile(_NOUNS)
# A clause with one of these tells something; a noun of the list above in it asks for nothing.
_STATEMENT = patterns.backtracking(
    r"了|已经|已|都(?!要|有)|不(?:多|够|齐|懂|会|知道)|还没|够|有了|补齐|备齐|说|提示|显示"
)
# Who asks to be told or sent something: 说一下, 发我, 给推荐个
_REQUEST = patterns.bounded(
    r"(?:[说讲列发给教帮传报排理捋]|推荐|介绍|告诉|提供|解释)(?:我|咱|俺|大家|推荐|列|发|说|讲|起|想){0,2}"
    r"(?:一下|下|一个|个|一份|份|我|一遍|清楚|说|讲)(?:[个份遍]?(?:名字?|看看?|呗|吧|哈|哦|呀|啊|谢谢|好吗)){0,2}$"
)
# Who does not know something (连去哪办都不知道) leads up to what is asked.
_KNOWS_NOT = patterns.compile(
    r"(?:不知道|不清楚|不晓得|不明白|不懂|不会|没弄懂|没搞懂|弄不清|搞不清|没数)(?:了|啊|呀|呢|哦)?$"
)
# Who tells of a rejection wants to know what to do about it.
_REJECTED = patterns.compile(r"(?:驳回|退回|打回|被退|拨回|退了)(?:来)?(?:了)?$")
_NOT_ASKING = patterns.compile(r"好几[天个]|什么都|啥都|不知道怎么|不知道什么|没几[天个]")
# Where a line of a numbered list begins: 1. 2、 (3) ③ 第四
_NUMBERED = patterns.compile(
    r"(?:^|[\s,，。;；:：说是为])[(（]?(?:[1-9][.、)）:：]|[一二三四五六][.、)）:：是]|第[一二三四五六]?[,，、:：是])|[①②③④⑤⑥⑦⑧]|\([1-9]\)"
)
# The same without a sign after the number, in a row from 1 on: 1执照不清晰 2名称带中华; not 1个, 3天.
_BARE_NUMBER = patterns.compile(r"(?:^|[\s,，。;；:：、])([1-9])([\u4e00-\u9fff])")
_MEASURES = frozenset("年月日号个天条份岁周小分点项种样步类次张家人元块级台张页")
_SENTENCE_END = patterns.compile(r"[。!！\n]")
MOST_LINES = 8
_HOW = patterns.compile(r"怎么|如何|怎样|咋|流程|步骤|手续|操作|在哪")
_ONLY_HOW = patterns.compile(
    r"^(?:好|行|嗯|哦|那|那么|那我|我|然后|这个?|到底|具体|应该|该|要|得|[,，\s]){0,4}(?:怎么个?|咋个?|如何|怎样)(?:去|来|才能|才)?"
    r"(?:弄|办|办理|操作|换|变更|改|搞|整|走|做|申请|提交)(?:法|理)?(?:呢|啊|呀|的|哦|嘛|么|了|[?？!！。~\s]){0,3}$"
)
_WHAT = patterns.compile(r"材料|资料|文件|证明|证件|什么|啥|哪些|清单|准备")
_DENIES = patterns.compile(r"不|没|别|非|算了|无")
_FEWEST_CHARACTERS = 2


def split_clauses(text: str) -> list[str]:
    """The clauses of a normalised message in order, without punctuation but a closing question mark;
    at most MOST_CLAUSES."""
    clauses: list[str] = []
    for piece in _BREAK.split(text):
        clause = piece.strip()
        if not clause:
            continue
        if clauses and len(clause) < _FEWEST_CHARACTERS:
            clauses[-1] += clause
        else:
            clauses.append(clause)
    if len(clauses) > MOST_CLAUSES:
        clauses = [",".join(clauses[: -MOST_CLAUSES + 1]), *clauses[-MOST_CLAUSES + 1 :]]
    return clauses


def looks_like_question(clause: str) -> bool:
    """Whether a clause asks for something, by its words."""
    clause = _NOT_ASKING.sub("", clause)
    return bool(
        _QUESTION.search(clause)
        or _REQUEST.search(clause)
        or (_ASKED_NOUN.search(clause) and not _STATEMENT.search(clause))
    )


def offers_alternatives(text: str) -> bool:
    """Whether it asks which of two it is: 公章还是合同章."""
    return ALTERNATIVE in text


def notice_lines(text: str) -> tuple[list[str], bool]:
    """(the numbered lines of a pasted list in its order, True); without numbers its clauses and False."""
    pieces = _NUMBERED.split(text)
    if len(pieces) <= 2:
        pieces = _split_at_bare_numbers(text)
    if len(pieces) > 2:
        # what stands before the first number leads up to the list
        lines = [line for piece in pieces[1:] if (line := piece.strip(" ,，。;；.、\n"))]
        # after the last line people go on writing: 3.…。请修改后重新提交
        lines[-1] = _SENTENCE_END.split(lines[-1])[0]
        return lines[:MOST_LINES], True
    return [clause for clause in split_clauses(text) if not clause.endswith("?")][:MOST_LINES], False


def _split_at_bare_numbers(text: str) -> list[str]:
    """What stands before, between and after the numbers 1, 2, 3 … that have no sign after them."""
    places: list[tuple[int, int]] = []
    for match in _BARE_NUMBER.finditer(text):
        if int(match.group(1)) == len(places) + 1 and match.group(2) not in _MEASURES:
            places.append((match.start(1), match.end(1)))
    starts = [0, *(end for _, end in places)]
    ends = [*(start for start, _ in places), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def asks_how(text: str) -> bool:
    """Whether a message asks for the way and not for things: 怎么改, not 怎么准备材料."""
    return bool(_HOW.search(text)) and not _WHAT.search(text)


def asks_only_how(text: str) -> bool:
    """Whether a message asks for the way and names nothing at all: 那怎么弄啊."""
    return bool(_ONLY_HOW.match(text))


def denies(clause: str) -> bool:
    """Whether a clause may say what is not so, or not wanted; a question such as 要不要 denies nothing."""
    return bool(_DENIES.search(clause)) and not looks_like_question(clause)


def question_segments(text: str) -> list[str]:
    """Stretches that each end in a question; what leads up to a question stays with it."""
    segments: list[str] = []
    pending = ""
    clauses = split_clauses(text)
    asked = [looks_like_question(clause) for clause in clauses]
    for place, clause in enumerate(clauses):
        pending = f"{pending},{clause}" if pending else clause
        leads_up = _KNOWS_NOT.search(clause) and any(asked[place + 1 :])
        if (asked[place] and not leads_up) or _REJECTED.search(clause):
            segments.append(_LEADING.sub("", pending).strip() or pending)
            pending = ""
    if pending and segments:
        segments[-1] += "," + pending
    return segments or [text]
