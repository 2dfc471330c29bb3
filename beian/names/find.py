"""The site names that a message puts forward, quoted or not."""

from __future__ import annotations

from beian.kb import KnowledgeBase
from beian.text import patterns
from beian.text.plain import plain_characters

MOST_NAMES = 8
MOST_CHARACTERS = 30
# A list of more is looked at no further.
_MOST_PARTS = 4 * MOST_NAMES
_MARKS = ("“”", r"\"\"", "「」", "『』", "《》", "〈〉", "【】", "‘’", "''", "＂＂", "””", "<>", '“"', '"”')
_QUOTED = patterns.compile(
    "|".join(rf"{mark[: len(mark) // 2]}[^{mark}]{{1,40}}{mark[len(mark) // 2 :]}" for mark in _MARKS)
)
# The message is about a name, or asks whether something may be used.
_NAMING = patterns.backtracking(
    r"(?<!姓)名(?![单下额])|叫|[能可]以?[不否]?[能可]?用|用不了|起成|行吗|行不行|可以吗|可不可以|合规|合格|违规|过审|能过|能行|过得了"
    r"|怎么样|检查|核对|看看|查查|有问题|没问题|违禁|符合|想用|打算用|准备用|行不|会不会|[起选][“\"「『]"
)
# Quoted, but the rule's words, documents, menu entries or laws.
_NOT_NAMES = patterns.compile(
    r"(?:承诺书|申请表|办法|规定|条例|协议|法|通知书|核验单|执照|复印件|说明|证明|凭证|材料|词汇|不规范|不一致|不齐全?|错误|有误|不符|敏感词|不合[格规])$"
    r"|^(?:备案(?:变更|服务|查询|系统)|主体信息变更|网站信息变更|新增网站|注销网站|主体过户"
    r"|网站名称?|网站负责人|提交|驳回|博客|企业官网|官网)$"
    r"|不(?:一致|符|匹配|相符|属于)|^(?:网站名称|域名|单位名称|证件)"
)
_ABOUT_WORDS = patterns.backtracking(
    r"(?:这[两几三四些]?个?)?(?:字样|的?字眼|俩字|[两二三四几]?个?字(?!号)|[这一]?个?词|等[字词]|开头|结尾|[二两]字"
    r"|的规定|功能|按钮|菜单|页面|选项)"
)
# Before a quoted part: the name of something else, or the old name.
_OTHER_NAME = patterns.compile(
    r"(?:公司|企业|单位|法人|主体|执照|负责人|域名|产品|品牌|商标|原来|原名|以前|之前|现在|旧)"
    r"(?:的?(?:名字|名称|名))?(?:已经)?(?:是|叫做?|为|改名[为叫]?|改成|更名为|变成|换成)?[：:]?$"
    r"|(?:公司|企业|单位)(?:名|名字|名称|注册名)(?:里|中)?的?(?:去掉|少)?了?$"
    r"|(?:我|他|她|本人)(?:的?(?:名字|名称|名))?(?:是|叫做?|为)[：:]?$"
    r"|(?:选择?|点击?|显示|提示|原因|理由|备注)(?:是|为)?[：:]?$"
)
_COMPANY = patterns.compile(r"(?:公司|企业|单位)(?:的?名字|名称?)|工商|执照|商标")
_SITE = patterns.compile(r"网站|站点|站名|博客|论坛|商城|官网|小站|站")

# Words that end an unquoted name; particles and 都 only where they cannot be part of it (书吧, 成都).
_STOP = (
    r"(?=[，。？！；,?!;\s]|$|(?:吗|呢|么|(?<![酒书网贴水茶陶])吧|不)(?:[，。？！；,?!;\s]|$)"
    r"|哪个|都(?:可以|能|行|合|不|会|有|没)|帮(?:我|忙|看)"
    r"|能不能|能否|能用|能行|能过|能通过|能备案|可以|可不可以|可否|行不行|行吗|行么|行嘛|行不|不行|不可以|不能"
    r"|合不合|合规|合格|合适|合法|怎么样|怎样|如何|好不好|好吗|的话|会不会|会被|是否|是不是|算不算"
    r"|符合|符不符合|有没有|有问题|没问题|违规|违反|违不违规|通过|审核|过审|过得了|来得及"
    r"|这个|这两个|这俩|这几个|这三个|这些|这名|要不要|要什么|需要|要准备|要哪些|要多久"
    r"|作为|做网站|当网站|做站名|当站名|请问|麻烦|谢谢)"
)
_NAME = rf"(?P<name>[^，。？！；：,?!;:\n“”\"「」『』《》【】‘’'<>]{{2,40}}?){_STOP}"
_SITE_NAME_WORD = r"(?:网站|站点|新站|博客|论坛|小站|新)的?(?:新)?(?:名字|名称|名)|站名|新名字?|名字|名称"
_MAY = r"能不能|能否|可不可以|可以|可|能"
_PLAN = (
    r"(?:我|我们|就|都|也|还|先|也?许|暂时|暂定|初步)?"
    rf"(?:想要?|要|打算|准备|计划|希望|考虑|拟|{_MAY})?(?:把它|给它)?"
)
_CALL = (
    r"(?:叫做|叫作|叫(?!法)|取名为?|取名叫|起名为?|起名叫|取为|起为|取|起|命名为?|命名成"
    r"|改名为?|改名成|改名叫|改叫|更名为?|更改为|变更为|变更成"
    r"|改成|改为|换成|换为|定为|定成|用|是(?![否不])|为)"
)
_UNQUOTED = (
    # 网站名叫X行吗, 站名想改成X, 网站名称：X, 网站名字用X可以吗
    patterns.backtracking(
        rf"(?:{_SITE_NAME_WORD})(?:(?:从[^，。,;]{{2,20}}?)?{_PLAN}{_CALL}|[：:])\s{{0,9}}{_NAME}"
    ),
    # 网站叫X, 网站想改名为X, 把网站改名叫X
    patterns.backtracking(
        rf"(?:网站|站点|新站|博客|论坛|商城|官网)(?:的名)?{_PLAN}"
        r"(?:叫做|叫作|叫(?!法)|取名为?|取名叫|起名为?|起名叫|命名为|改名为|改名成|改名叫|改叫|更名为)\s{0,9}"
        + _NAME
    ),
    # 想起名X, 改名叫X可以吗, 取名为X
    patterns.backtracking(
        r"(?<!公司)(?<!企业)(?<!单位)(?<!我们)(?:取名|起名|命名|改名|更名)(?:为|叫|成|叫做|作)\s{0,9}" + _NAME
    ),
    # 叫X能用吗, 想叫X行不行
    patterns.backtracking(
        r"(?:^|[，。？！；,?!;\s]|想|要|打算|准备|能不能|可以|能|改|如果|要是|假如|那|就|新的|新站|它|站)叫(?:做|作|它)?\s{0,9}"
        + _NAME
    ),
    # 用X做网站名, 拿X当站名, X能做网站名称吗
    patterns.compile(
        r"(?:^|[，。？！；,?!;：:\s]|用|拿|以|把|将)(?P<name>[^，。？！；：,?!;:\s“”\"「」『』《》【】用拿以把将]{2,40}?)"
        r"(?:能不能|能否|可不可以|可以|能|可)?(?:来|用来|拿来)?(?:做|当|作为|当作|作|当做|用作)(?:我?们?的?)?(?:网站的?|新)?(?:站名|名字|名称|名)"
    ),
    # X这个名字能用吗, 起X这个名字
    patterns.compile(
        r"(?:^|[，。？！；,?!;：:\s]|起|取|叫|用|改成|换成)(?P<name>[^，。？！；：,?!;:\s“”\"「」『』《》【】起取叫用]{2,40}?)"
        r"(?:这|那)(?:个|俩|[两几三四些]个?)?(?:网站|新)?(?:站名|名字|名称|名)"
    ),
    # X、Y这两个能用吗
    patterns.compile(
        r"(?:^|[，。？！；,?!;：:\s]|起|取|叫|用)(?P<name>[^，。？！；：,?!;:\s“”\"「」『』《》【】]{2,20}?(?:[、/]|和|跟|与|还是|或者)"
        r"[^，。？！；：,?!;:\s“”\"「」『』《》【】]{2,60}?)[，,]?(?:哪个(?:网站)?(?:名字|名称|站名)|(?:这|那)(?:俩|[两几三四五些]?个)(?:网站)?(?:名字|名称|站名|名)?)(?:都|可以|能|行|更|合|不|会|有|是|符|违|哪|，|$)"
    ),
    # X能做站名 is above; 新站名X行吗
    patterns.backtracking(
        r"(?:新站名|网站名称?|网站名字|站名|站点名称)(?![字称的改换变叫是为用有里中含带不能可要怎什错对和与或、，是否填写格审符违规过需])"
        r"\s{0,9}(?P<name>[^，。？！；：,?!;:\n“”\"]{2,20}?)(?:这个)?(?:能|可以|行|合规|怎么样|好)(?:不能|不可以|不行|用|过){0,3}(?:吗|么|不|$|[？?])"
    ),
)
# A line of a list, and no name: 第二条那个名字.
_POINTED_AT = patterns.compile(r"(?:那|这)?第[一二三四五六七八九十\d]+[条个点项种]")
_SEPARATOR = patterns.compile(r"[、/／|]|或者是?|还是|以及")
# 从X改成Y: the new one counts.
_CHANGED = patterns.compile(r"[改换变更]")
_FROM = patterns.compile(r"^(?:从|由).+?(?:改成|换成|改为|变成|换为|改叫)")
_BETTER = patterns.compile(r"(?:更?好|更?合适)$")
_AND = patterns.compile(r"和|跟|与|及")
_EDGE = " 　·,，.。:：“”\"'"
_TAIL = patterns.compile(r"(?:的(?:网站|站点|备案|小站))?[的了呢吗啊哦呀]*$")
# Spaces inside a run are kept apart from those that end it until the name is known.
_INNER_SPACE = "\ue000"
_GAP = patterns.backtracking(r"(?<=[\w.]) {1,40}(?=[\w.])")
_LATIN_GAP = patterns.compile(rf"[A-Za-z0-9]{_INNER_SPACE}[A-Za-z0-9]")
_AROUND_SEPARATOR = patterns.compile(r"\s*(或者是?|还是|[和与跟、/])\s*")
_POLITE_END = patterns.compile(
    r"(?:可以|行|能用|怎么样|如何|这个名字|合规|能不能用|行不行|可不可以)?(?:呢|吗|吧|么|不)?$"
)
_LEAD = patterns.backtracking(
    r"^(?:叫做|叫作|叫|请问|我想用|想用|比如|例如|就叫|一个叫|的话"
    r"|(?:请|麻烦)?(?:帮我|帮忙|给我)?(?:查|看|检查|核对|确认)[查看]?一?下?|(?:帮我|帮忙)看)(?=.{2})"
)
_ANSWER_LEAD = patterns.backtracking(
    r"^(?:算了|要不|还是|那么?|就|想|换成|改成|改为|改叫|叫|用|选|试试|看看)(?=.{2})"
)
# 茶记,不是算了叫茶记
_NOT_THAT = patterns.compile("[,，。;；\\s]+(?:不是|而不是|别是).*$")
# While the name of the site is in hand: 想改成老王汽车养护中心,行吗
_CHANGED_TO = patterns.backtracking(
    r"^(?:我|我们)?(?:想|要|打算|准备|就|那|把它)?(?:改成|换成|改叫|改为|换为|定为|叫)\s{0,9}" + _NAME
)
# What an unquoted run is when it is not a name: a question word, a thing, a verb of the procedure.
_NOT_PLAIN = patterns.backtracking(
    r"^(?:我?问|刚才|上面|还要|需要|要不|要什|后[要还]|之后|应该|他|她|它|别人|我|员工|同事|客户|人|您|你们?[来去])"
    r"|什么|啥|哪|怎么|怎样|多少|多久|为何|谁|名字|名称|网站名|站名|要求|规定|规范"
    r"|材料|资料|执照|身份证|证件|照片|复印件|扫描件|承诺书|凭证|域名|服务器|手机|邮箱|电话|IP"
    r"|备案(?!.{0,40}网)|变更|审核|驳回|主体|负责人|法人|人工|客服|字样|违禁|禁用|敏感"
    r"|^(?:的|个|退|打回|打返|你们|要注意|被|得|合规|照着|跟|随之|确实|调整|修改|更改|更换|改动|加了)|新品牌|品牌名|商标名|栏目名|店名|[俩两]个?字|旧|规则|限制|批准|审批"
    r"|违法|字眼|三个$|会不会|原来|新的|包含|肯定|一类|主体|一样|一致|不同|别的|其他|其它|另一个|一下|自己|随便|前缀|后缀|简称|全称"
    r"|(?:个人|企业|公司|英文|中文|拼音|数字)名?$|[带含有].{0,40}字"
)


def find_names(text: str, kb: KnowledgeBase | None = None) -> list[str]:
    """The site names a message puts forward, quoted or not, in order, without repeats.

    Quoted names are given as written, others in simplified characters of normal width. With a knowledge
    base, its own terms (such as a quoted 网站信息变更) are not taken for names.
    """
    written, text, known = text, plain_characters(text), kb.words if kb else ()
    quoted = [name for name in _quoted(text, written) if name not in known]
    if not (_NAMING.search(text) or _only_quoted(text)):
        quoted = []
    if quoted:
        return _unique(quoted)
    text = _GAP.sub(_INNER_SPACE, _AROUND_SEPARATOR.sub(r"\1", text))
    for pattern in _UNQUOTED:
        runs = [
            match["name"]
            for match in pattern.finditer(text)
            if not _OTHER_NAME.search(patterns.tail(text, match.start())) or _SITE.search(match[0])
        ]
        found = [name for run in runs for name in _split(run)]
        names = [name for name in found if name not in known and not _POINTED_AT.match(name)]
        if names:
            return _unique(names)
    return []


def names_changed_to(text: str, kb: KnowledgeBase | None = None) -> list[str]:
    """The names in a message while the site's name is in hand, where 想改成绿叶书屋 puts one forward."""
    names = find_names(text, kb)
    text = _GAP.sub(_INNER_SPACE, _AROUND_SEPARATOR.sub(r"\1", plain_characters(text)))
    match = _CHANGED_TO.match(text) if not names else None
    known = kb.words if kb else ()
    return names or _unique([name for name in _split(match["name"] if match else "") if name not in known])


def names_in_answer(text: str, kb: KnowledgeBase | None = None) -> list[str]:
    """The names in a reply to the question for them, where a bare 绿叶书屋 or 那绿叶书屋呢 is one."""
    known = kb.words if kb else ()
    # what stands in quotation marks is the name, however it is asked about: 那“绿叶书屋”总可以了吧
    names = [name for name in _quoted(plain_characters(text), text) if name not in known]
    names = _unique(names) or find_names(text, kb)
    if names:
        return names
    text = _NOT_THAT.sub("", plain_characters(text))
    bare = _POLITE_END.sub("", text.strip(f"{_EDGE}？?！!"))
    while _ANSWER_LEAD.match(bare):
        bare = _ANSWER_LEAD.sub("", bare)
    return _unique([name for name in _split(_GAP.sub(_INNER_SPACE, bare)) if name not in known])


def is_quoted(text: str) -> bool:
    """Whether something in a message stands in quotation marks."""
    return bool(_QUOTED.search(plain_characters(text)))


def _only_quoted(text: str) -> bool:
    return not _QUOTED.sub("", text).strip(" 、，,和/那呢？?换再")


def _quoted(text: str, written: str) -> list[str]:
    if _COMPANY.search(text) and not _SITE.search(text):
        return []
    names = []
    for match in _QUOTED.finditer(text):
        inner = written[match.start() + 1 : match.end() - 1].strip()
        before = patterns.tail(text, match.start())
        if _NOT_NAMES.search(inner) or _ABOUT_WORDS.match(text, match.end()) or _OTHER_NAME.search(before):
            continue
        if before.endswith(("从", "由")) and _CHANGED.match(text, match.end()):
            continue
        if inner and len(inner) <= MOST_CHARACTERS:
            names.append(inner)
    return names


def _split(run: str) -> list[str]:
    """The names in a run of text: separated by 、 or 还是; by 和 where both sides are long enough."""
    run = _FROM.split(run)[-1]
    if "还是" in run:
        run = _BETTER.sub("", run)
    parts = _SEPARATOR.split(run)[:_MOST_PARTS]
    if len(parts) > 1 or run.count("和") == 1:
        parts = [piece for part in parts for piece in _split_and(part)]
    cleaned = [_trim(_close(part)) for part in parts]
    return [name for name in cleaned if 2 <= len(name) <= MOST_CHARACTERS and not _NOT_PLAIN.search(name)]


def _split_and(part: str) -> list[str]:
    pieces = _AND.split(part)
    return pieces if all(len(piece) >= 3 for piece in pieces) else [part]


def _close(name: str) -> str:
    """Decide on the spaces in a name: 中 国茶 and Good Tea are one name, 绿叶书屋 法人换了 is not."""
    pieces = name.split(_INNER_SPACE)
    apart = len(pieces) > 1 and all(len(piece) > 1 for piece in pieces) and not name.isascii()
    latin = _LATIN_GAP.search(name)
    return pieces[0] if apart and not latin else " ".join(pieces)


def _trim(name: str) -> str:
    name = _TAIL.sub("", name.strip(_EDGE))
    while _LEAD.match(name):
        name = _LEAD.sub("", name, count=1).strip(_EDGE)
    return name


def _unique(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))[:MOST_NAMES]
