"""Numbers for Prometheus. No label ever holds text from a customer."""

from __future__ import annotations

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

_SECONDS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.2, 0.5, 1, 2, 5, 10)


class Metrics:
    """One server's metrics in a registry of their own."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        self.requests = Counter(
            "beian_requests", "HTTP requests", ["method", "route", "status"], registry=registry
        )
        self.request_seconds = Histogram(
            "beian_request_seconds",
            "Time to answer a request",
            ["route"],
            buckets=_SECONDS,
            registry=registry,
        )
        self.turn_seconds = Histogram(
            "beian_turn_seconds", "Time to answer a message", buckets=_SECONDS, registry=registry
        )
        self.replies = Counter("beian_replies", "Replies by status", ["channel", "status"], registry=registry)
        self.facts = Counter("beian_facts", "Facts stated", ["fact"], registry=registry)
        self.fallbacks = Counter(
            "beian_fallbacks",
            "Replies without an answer: uncovered, not understood, error",
            registry=registry,
        )
        self.rate_limited = Counter(
            "beian_rate_limited", "Requests refused by a rate limit", ["limit"], registry=registry
        )
        self.action_failures = Counter(
            "beian_action_failures", "Actions that failed", ["action", "reason"], registry=registry
        )
        self.store_errors = Counter("beian_store_errors", "Failed reads or writes", registry=registry)
        self.purge_refused = Gauge(
            "beian_purge_refused",
            "1 while old data stays because the clock or the amount looks wrong",
            registry=registry,
        )
        self.put_aside = Counter(
            "beian_put_aside", "Messages over which a process died too often", registry=registry
        )
        self.queue = Gauge("beian_queue", "Accepted messages that wait for an answer", registry=registry)
        self.streams = Gauge("beian_streams", "Open event streams", registry=registry)
        self.build = Info("beian_build", "Versions of model and knowledge base", registry=registry)

    def count_reply(self, channel: str, status: str, facts: list[str], seconds: float) -> None:
        """Count one answered message."""
        self.turn_seconds.observe(seconds)
        self.replies.labels(channel, status).inc()
        for fact in facts:
            self.facts.labels(fact).inc()
        if status in ("uncovered", "error", "clarify"):
            self.fallbacks.inc()

    def text(self) -> bytes:
        """All of it in Prometheus' text format."""
        return generate_latest(self.registry)
