"""Numbers for Prometheus: how the pages answer, and how the queue of mails stands."""

from __future__ import annotations

import hmac
import os
import time
from collections.abc import Iterator
from functools import cache
from typing import cast

from flask import Blueprint, Flask, Response, abort, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from scheduler.domain.loopback import is_loopback
from scheduler.usecases.outbox import QueueFigures, queue_figures
from web.metrics_folder import SHARED_FOLDER
from web.parts import current_parts

__all__ = ["install_metrics", "may_see_numbers", "metrics"]

metrics = Blueprint("metrics", __name__)
_KEY = "aarshjul.metrics"
_FORWARDED = (
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-IP",
    "Forwarded",
    "Via",
)


@metrics.get("/metrics")
def numbers() -> Response:
    """Answer with all numbers, to this machine or whoever has the token; 404 to others."""
    if not may_see_numbers():
        abort(404)
    parts = current_parts()
    with parts.database.read() as session:
        figures = queue_figures(session, now=parts.clock())
    queue = CollectorRegistry()
    queue.register(_Queue(figures))
    pages = generate_latest(_page_registry())
    return Response(pages + generate_latest(queue), content_type=CONTENT_TYPE_LATEST)


def may_see_numbers() -> bool:
    """Tell whether the request comes from this machine, by no proxy, or has the token."""
    token = current_parts().settings.metrics_token
    if token is not None:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if hmac.compare_digest(given.encode(), token.get_secret_value().encode()):
            return True
    # Behind a proxy that nobody told us of, everybody would seem to come from this machine.
    if any(name in request.headers for name in _FORWARDED):
        return False
    return _is_this_machine(request.remote_addr)


def install_metrics(app: Flask) -> None:
    """Count every request by the name of its route, never by its path, which may hold a secret."""
    registry = CollectorRegistry()
    counted = Counter(
        "aarshjul_requests", "Requests answered.", ["route", "status"], registry=registry
    )
    took = Histogram(
        "aarshjul_request_seconds", "Seconds until the answer.", ["route"], registry=registry
    )
    app.extensions[_KEY] = registry

    @cache
    def lines_of(route: str, status: int) -> tuple[Counter, Histogram]:
        return counted.labels(route, str(status)), took.labels(route)

    @app.before_request
    def _begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def _note(response: Response) -> Response:
        number, seconds = lines_of(request.endpoint or "-", response.status_code)
        number.inc()
        began = g.get("began")
        if began is not None:
            seconds.observe(time.perf_counter() - began)
        return response


class _Queue(Collector):
    """The queue's numbers in the library's form."""

    def __init__(self, figures: QueueFigures) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        by_state = GaugeMetricFamily(
            "aarshjul_mails", "Mails in the queue and gone, by state.", labels=["state"]
        )
        for state, count in self._figures.by_state.items():
            by_state.add_metric([state.value], count)
        yield by_state
        yield GaugeMetricFamily(
            "aarshjul_oldest_due_seconds",
            "How long the mail that has waited longest has been due.",
            value=self._figures.oldest_due.total_seconds(),
        )
        if self._figures.silence is not None:
            yield GaugeMetricFamily(
                "aarshjul_heartbeat_age_seconds",
                "How long ago a worker last said that it was alive.",
                value=self._figures.silence.total_seconds(),
            )


def _page_registry() -> CollectorRegistry:
    if SHARED_FOLDER not in os.environ:
        return cast(CollectorRegistry, current_app.extensions[_KEY])
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together


def _is_this_machine(address: str | None) -> bool:
    return address is not None and is_loopback(address)
