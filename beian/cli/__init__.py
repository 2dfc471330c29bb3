"""The commands of `python -m beian`."""
