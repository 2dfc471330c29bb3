"""The second layer in use: which of its facts is told with an answer, and in which words."""
