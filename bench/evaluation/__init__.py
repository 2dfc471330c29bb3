"""The parts of `python -m bench.evaluate`."""
