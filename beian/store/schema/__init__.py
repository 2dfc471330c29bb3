"""The databases' schemas: their revisions, how what is found is recognised and brought up to date.

`conversations/` and `events/` hold one small file for each revision. To add one: change the table in the
code, add `rNNNN_what.py` beside the others with the next number, run tests/store/schema: they compare.
docs/upgrade.md says what operators see of it.
"""
