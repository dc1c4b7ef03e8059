"""What is counted of the service, as Prometheus reads it (GET /metrics)."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The counters of one application; each has its own registry, so that two in one process do not mix."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter("mingzhang_requests", "Requests served.", ["method", "route", "status"], registry=self._registry)
        self.seconds = Histogram(
            "mingzhang_request_seconds",
            "Seconds from a request to the end of its response.",
            ["route"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.running = Gauge("mingzhang_requests_running", "Requests that are being served.", registry=self._registry)
        self.answers = Counter("mingzhang_answers", "Answers given, by what became of the question.", ["status"], registry=self._registry)
        self.documents = Gauge("mingzhang_documents", "Documents that the store holds.", registry=self._registry)
        self.ready = Gauge(
            "mingzhang_ready", "Whether the canary question was answered the last time it was asked.", registry=self._registry
        )

    def text(self) -> bytes:
        return generate_latest(self._registry)
