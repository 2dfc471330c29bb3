"""Cut a message into clauses, where one message may hold two or three questions."""

from __future__ import annotations

import re

MOST_CLAUSES = 6
_BREAK = re.compile(
    r"[,，。.!！?？;；:：\n、~…]+|(?<=[吗呢么])\s*|\s+(?=\S{3})"
    r"|(?=还有(?!人|没))|(?=另外)|(?=顺便)|(?=以及)|(?=然后)|(?=并且)|(?=同时)|(?=再问)|(?=再就是)|(?=和(?=多久|几天|什么))"
)
_LEADING = re.compile(r"^(?:还有|另外|顺便(?:问一下|问下|问)?|以及|然后|并且|同时|再问(?:一下|下|个)?|再就是|和|那么?|就是)+")
_QUESTION = re.compile(
    r"[吗么呢嘛伐不]$|[?？]|什么|啥|多久|几|怎|咋|哪|如何|能否|是否|可否|多少|为何|为什么|要不要|用不用|会不会|能不能|行不行"
    r"|需不需要|有没有|是不是|可不可以|谁|多长|何时|何处|材料|资料|流程|步骤|时间|时长|电话"
)
_FEWEST_CHARACTERS = 2


def split_clauses(text: str) -> list[str]:
    """The clauses of a normalised message in order, without punctuation; at most MOST_CLAUSES."""
    pieces = [piece.strip() for piece in _BREAK.split(text)]
    clauses: list[str] = []
    for piece in pieces:
        if not piece:
            continue
        if clauses and len(piece) < _FEWEST_CHARACTERS:
            clauses[-1] += piece
        else:
            clauses.append(piece)
    if len(clauses) > MOST_CLAUSES:
        clauses = [",".join(clauses[: -MOST_CLAUSES + 1]), *clauses[-MOST_CLAUSES + 1 :]]
    return clauses


def without_connector(clause: str) -> str:
    """The clause without a leading 还有, 另外, 顺便问一下 …; the clause itself when nothing is left."""
    return _LEADING.sub("", clause).strip() or clause


def looks_like_question(clause: str) -> bool:
    """Whether a clause asks for something, by its words."""
    return bool(_QUESTION.search(clause))
