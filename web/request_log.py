"""One line per request, without what an address can hide: secrets and questions."""

from __future__ import annotations

import logging

from flask import Flask, Response, request

__all__ = ["install_request_log"]

_LOG = logging.getLogger("web.requests")


def install_request_log(app: Flask) -> None:
    """Log method, route and status of each request; never the path itself or its query."""

    @app.after_request
    def _note(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "-"
        _LOG.info("%s %s %d", request.method, route, response.status_code)
        return response
