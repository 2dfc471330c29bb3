"""The attributes of a message that the components write and read."""

NORMALIZED = "normalized"
WORDS = "words"
UNDERSTANDING = "understanding"
# For the reading in context: what the classifier says of a message; and, while training, the label of a
# message that it had not seen, the place of a line in the trees, and the names of all labels.
EVIDENCE = "evidence"
HELD_OUT = "held_out"
TREE = "tree"
LABELS = "labels"
# What the normalizer has learned, on the first training message, for whoever reads further texts.
SPELLING = "spelling"
