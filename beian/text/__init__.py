"""Text on its own: patterns, the one form it is brought into, clauses, words, spelling.

The ground floor: imports nothing of the rest of the package.
"""
