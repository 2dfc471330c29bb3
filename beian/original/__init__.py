"""The document itself, where the operator gives it: a fact's section with what the fact rests on marked."""

from beian.original.align import Original, Originals, Piece, originals_of
from beian.original.document import RESTATED, faults_text, originals_from

__all__ = [
    "RESTATED",
    "Original",
    "Originals",
    "Piece",
    "faults_text",
    "originals_from",
    "originals_of",
]
