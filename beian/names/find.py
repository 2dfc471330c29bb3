"""The site names that a message puts forward, quoted or not."""

from __future__ import annotations

from beian.kb import KnowledgeBase
from beian.names import words
from beian.text import patterns
from beian.text.plain import plain_characters

MOST_NAMES = 8
MOST_CHARACTERS = 30
# A list of more is looked at no further.
_MOST_PARTS = 4 * MOST_NAMES


def find_names(text: str, kb: KnowledgeBase | None = None) -> list[str]:
    """The site names a message puts forward, quoted or not, in order, without repeats.

    Quoted names are given as written, others in simplified characters of normal width. With a knowledge
    base, its own terms (such as a quoted 网站信息变更) are not taken for names.
    """
    written, text, known = text, plain_characters(text), kb.words if kb else ()
    if words.THAT_NAME.search(text):
        # 公司名叫“甲”，网站也这名: the one in quotation marks is meant, whoever is called so
        named = [name for name in _in_marks(text, written) if name not in known]
        if named:
            return _unique(named)
    quoted = [name for name in _quoted(text, written) if name not in known]
    if not (words.NAMING.search(text) or _only_quoted(text)):
        quoted = []
    if quoted:
        return _unique(quoted)
    text = words.GAP.sub(words.INNER_SPACE, words.AROUND_SEPARATOR.sub(r"\1", text))
    for pattern in words.UNQUOTED:
        runs = [
            match["name"]
            for match in pattern.finditer(text)
            if not words.OTHER_NAME.search(patterns.tail(text, match.start())) or words.SITE.search(match[0])
        ]
        found = [name for run in runs for name in _split(run)]
        names = [name for name in found if name not in known and not words.POINTED_AT.match(name)]
        if names:
            return _unique(names)
    return []


def names_changed_to(text: str, kb: KnowledgeBase | None = None) -> list[str]:
    """The names in a message while the site's name is in hand, where 想改成绿叶书屋 puts one forward."""
    names = find_names(text, kb)
    text = words.GAP.sub(words.INNER_SPACE, words.AROUND_SEPARATOR.sub(r"\1", plain_characters(text)))
    match = words.CHANGED_TO.match(text) if not names else None
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
    text = words.NOT_THAT.sub("", plain_characters(text))
    bare = words.POLITE_END.sub("", text.strip(f"{words.EDGE}？?！!"))
    while words.ANSWER_LEAD.match(bare):
        bare = words.ANSWER_LEAD.sub("", bare)
    return _unique([name for name in _split(words.GAP.sub(words.INNER_SPACE, bare)) if name not in known])


def is_quoted(text: str) -> bool:
    """Whether something in a message stands in quotation marks."""
    return bool(words.QUOTED.search(plain_characters(text)))


def _in_marks(text: str, written: str) -> list[str]:
    """All that stands in quotation marks, as written."""
    return [written[found.start() + 1 : found.end() - 1].strip() for found in words.QUOTED.finditer(text)]


def _only_quoted(text: str) -> bool:
    return not words.QUOTED.sub("", text).strip(" 、，,和/那呢？?换再")


def _quoted(text: str, written: str) -> list[str]:
    if words.COMPANY.search(text) and not words.SITE.search(text):
        return []
    names = []
    for match in words.QUOTED.finditer(text):
        inner = written[match.start() + 1 : match.end() - 1].strip()
        before = patterns.tail(text, match.start())
        if (
            words.NOT_NAMES.search(inner)
            or words.ABOUT_WORDS.match(text, match.end())
            or words.OTHER_NAME.search(before)
        ):
            continue
        if before.endswith(("从", "由")) and words.CHANGED.match(text, match.end()):
            continue
        if inner and len(inner) <= MOST_CHARACTERS:
            names.append(inner)
    return names


def _split(run: str) -> list[str]:
    """The names in a run of text: separated by 、 or 还是; by 和 where both sides are long enough."""
    run = words.FROM.split(run)[-1]
    if "还是" in run:
        run = words.BETTER.sub("", run)
    parts = words.SEPARATOR.split(run)[:_MOST_PARTS]
    if len(parts) > 1 or run.count("和") == 1:
        parts = [piece for part in parts for piece in _split_and(part)]
    cleaned = [_trim(_close(part)) for part in parts]
    return [
        name for name in cleaned if 2 <= len(name) <= MOST_CHARACTERS and not words.NOT_PLAIN.search(name)
    ]


def _split_and(part: str) -> list[str]:
    pieces = words.AND.split(part)
    return pieces if all(len(piece) >= 3 for piece in pieces) else [part]


def _close(name: str) -> str:
    """Decide on the spaces in a name: 中 国茶 and Good Tea are one name, 绿叶书屋 法人换了 is not."""
    pieces = name.split(words.INNER_SPACE)
    apart = len(pieces) > 1 and all(len(piece) > 1 for piece in pieces) and not name.isascii()
    latin = words.LATIN_GAP.search(name)
    return pieces[0] if apart and not latin else " ".join(pieces)


def _trim(name: str) -> str:
    name = words.TAIL.sub("", name.strip(words.EDGE))
    while words.LEAD.match(name):
        name = words.LEAD.sub("", name, count=1).strip(words.EDGE)
    return name


def _unique(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))[:MOST_NAMES]
