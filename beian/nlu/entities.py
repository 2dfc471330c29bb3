"""What a message names: change type, item, subject kind, rejection reason, document, date, site name, age.

A spaCy pipeline (blank Chinese, so nothing is downloaded) whose patterns are the vocabulary's terms.
It works on characters: an alias is found wherever it stands, whatever the word segmentation makes of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from beian.kb import KnowledgeBase
from beian.text import patterns

_NUMBER = r"[0-9零一二两三四五六七八九十百]{1,12}"
_WEEKDAY = r"(?:上上|上个|这个|本|上|这|下)?(?:周|星期|礼拜)[一二三四五六日天]"
_FESTIVAL = (
    r"(?:国庆|元旦|春节|除夕|清明|五一|劳动节|端午|中秋|双十一|圣诞)(?:节)?(?:前|后)?(?:"
    + _NUMBER
    + r"天|一天|当天)?"
)
# The written form only: what day it is, is worked out where today is known.
PATTERNS = {
    "date": patterns.backtracking(
        rf"(?:(?:{_NUMBER}年|今年|去年|前年|明年)?{_NUMBER}月(?:份)?(?:{_NUMBER}(?:号|日)?|初|底|中旬|上旬|下旬)?"
        rf"|(?:上个月|这个月|本月|上月|下个月)(?:{_NUMBER}(?:号|日)|初|底)?"
        r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(?<![\d.])\d{1,2}[/.]\d{1,2}(?![\d.])"
        rf"|(?<![月\d]){_NUMBER}(?:号|日)(?!码)"
        r"|大前天|前天|昨天|昨日|今天|今日|明天|后天"
        rf"|{_WEEKDAY}|{_NUMBER}(?:个)?(?:半)?(?:天|周|星期|礼拜|月|年)(?:以)?前|半个?月前|半年前|{_FESTIVAL})"
    ),
    "site_name": patterns.backtracking(r"(?<=[“\"「『《'])[^“”\"「」『』《》']{2,30}(?=[”\"」』》'])"),
    "age": patterns.compile(rf"(?:{_NUMBER}(?:周)?岁|(?:19|20)\d\d年(?:出生|生)|(?:0\d|9\d)(?:年)?后?出生)"),
}


def _inside_latin_word(text: str, start: int, end: int) -> bool:
    def joined(place: int) -> bool:
        return 0 < place < len(text) and all(c.isascii() and c.isalpha() for c in text[place - 1 : place + 1])

    return joined(start) or joined(end)


@Language.component("written_forms")
def written_forms(doc: Doc) -> Doc:
    """Drop Latin aliases inside longer words; add the entities known by their form."""
    spans = [span for span in doc.ents if not _inside_latin_word(doc.text, span.start_char, span.end_char)]
    for label, pattern in PATTERNS.items():
        for match in pattern.finditer(doc.text):
            span = doc.char_span(match.start(), match.end(), label=label, alignment_mode="expand")
            if span is not None:
                spans.append(span)
    doc.ents = filter_spans(spans)
    return doc


def build_pipeline(kb: KnowledgeBase) -> Language:
    """The pipeline for a knowledge base; the longest alias at a place wins."""
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler", config={"overwrite_ents": True})
    ruler.add_patterns(
        [
            {"label": term.group, "pattern": word.lower(), "id": term.id}
            for term in kb.terms
            for word in (term.name, *term.aliases)
        ]
    )
    nlp.add_pipe("written_forms")
    return nlp


def save_pipeline(nlp: Language, folder: Path) -> None:
    """Write the pipeline to a folder."""
    nlp.to_disk(folder)


def load_pipeline(folder: Path) -> Language:
    """Read a pipeline written by `save_pipeline`."""
    return spacy.load(folder)


def find_entities(nlp: Language, text: str) -> list[dict[str, Any]]:
    """Entities in Rasa's form: entity, value (the term's id, or the written form), start, end, text."""
    return [
        {
            "entity": span.label_,
            "start": span.start_char,
            "end": span.end_char,
            "value": span.ent_id_ or span.text,
            "text": span.text,
        }
        for span in nlp(text).ents
    ]
