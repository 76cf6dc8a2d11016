"""Measures: the counters that Prometheus reads. No label holds a name, path or text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from qc.service.pool.pool import Pool

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"))


class Measures:
    """The counters of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "qc_requests",
            "Requests answered",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "qc_request_seconds",
            "Time until the answer was sent",
            ("route",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self._open = Gauge("qc_requests_open", "Requests being answered", registry=self.registry)
        self._checks = Counter(
            "qc_checks", "Articles checked", ("kind", "verdict"), registry=self.registry
        )

    @contextmanager
    def in_progress(self) -> Iterator[None]:
        """Count a request as open."""
        self._open.inc()
        try:
            yield
        finally:
            self._open.dec()

    def request(self, method: str, route: str, status: int, took_s: float) -> None:
        """Count an answer."""
        known = method if method in METHODS else "OTHER"
        self._requests.labels(known, route, str(status)).inc()
        self._seconds.labels(route).observe(took_s)

    def check(self, kind: str, verdict: str) -> None:
        """Count a checked article; `kind` is request or job."""
        self._checks.labels(kind, verdict).inc()

    def watch(self, pool: Pool) -> None:
        """Show the state of the pool."""
        for name, text, value in (
            ("qc_workers_ready", "Workers that are warm", lambda: pool.ready),
            ("qc_queue_waiting", "Requests that wait for a worker", lambda: pool.waiting),
            ("qc_worker_deaths", "Workers that ended unasked", lambda: pool.deaths),
            ("qc_worker_memory_bytes", "Resident memory of workers", lambda: pool.memory_bytes),
        ):
            Gauge(name, text, registry=self.registry).set_function(value)

    def text(self) -> bytes:
        """Everything in Prometheus's text format."""
        return generate_latest(self.registry)
