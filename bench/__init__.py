"""Measurements: the understanding (bench.evaluate) and the running server (bench.server, bench.stores)."""
