"""The lines of a notice of rejection, each with the reason of the document that it gives."""

from __future__ import annotations

from beian.kb import KnowledgeBase
from beian.meaning.candidates import Candidates
from beian.nlu.evidence import Notice
from beian.text import patterns

# A line counts as one of the reasons when all of them together are this likely.
A_REASON = 0.2
# A paper is missing: 承诺书未上传, 缺负责人身份证照片.
_MISSING = patterns.compile("[未没](?:有?上传|有?提[供交]|传|交|附|给|见|有)|缺|漏|少[了传交]|遗失|不全|不齐")
_REASON = "rejection_reason"


def reasons_of(notice: Notice, candidates: Candidates, kb: KnowledgeBase) -> tuple[tuple[str, str], ...]:
    """(line, its target, "" where the document has nothing on it), in the order of the notice; () where it is
    none: of plain clauses only those that give a reason belong to it, and there have to be two."""
    reasons = {
        target: place
        for target, place in candidates.places.items()
        if (cell := kb.cells.get(target)) and cell.when.get(_REASON)
    }
    aspect = candidates.aspects[next(iter(reasons.values()))]
    lines = []
    for text, chances in notice.lines:
        by_target = candidates.chances(chances)
        mass = float(by_target[candidates.aspects == aspect].sum())
        best = max(reasons, key=lambda target: by_target[reasons[target]])
        known = mass >= A_REASON and by_target[reasons[best]] >= mass / 2
        lines.append((text, best if known else _of_a_missing_paper(text, kb) or ""))
    known_reasons = {target for _, target in lines if target}
    if not notice.numbered:
        lines = [(text, target) for text, target in lines if target]
    return tuple(lines) if len(known_reasons) > (0 if notice.numbered else 1) else ()


def _of_a_missing_paper(text: str, kb: KnowledgeBase) -> str | None:
    """What happens without a paper that a line says is missing, as the fact that lists it has it."""
    if not _MISSING.search(text):
        return None
    for fact, papers in kb.papers.of_fact.items():
        for paper in papers:
            if kb.facts[fact].otherwise and any(word in text for word in kb.words_of(paper)):
                return kb.facts[fact].otherwise
    return None
