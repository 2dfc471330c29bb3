"""The document itself, where the operator gives it: a fact's section with what the fact rests on marked."""

from beian.original.align import Original, Originals, Piece, originals_of
from beian.original.document import RESTATED, VARIABLE, document_set, originals_from, told

__all__ = [
    "RESTATED",
    "VARIABLE",
    "Original",
    "Originals",
    "Piece",
    "document_set",
    "originals_from",
    "originals_of",
    "told",
]
