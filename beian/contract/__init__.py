"""What the program says to the outside, described once: replies, messages, routes, events, errors.

The types here are what the server sends and what mypy holds it to. docs/openapi.json, docs/reply.schema.json,
web/src/shared/, tables in docs/ and beian_suite/reply_values.py are generated from them
(`python -m beian contract`); docs/decisions/contract.md says why. Nothing here imports another part of beian.
"""
