"""Logging in which no secret survives: redaction is the last processor, after exception text."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from pathlib import Path

import structlog

URL_CREDENTIALS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*://)[^/\s\"'<>]*@", re.IGNORECASE)
SECRET_WORDS = r"(?:password|passwd|pwd|secret|token|api_?key|aes_?key|authorization|口令|密码|密钥)"
SECRET_PAIR = re.compile(
    rf"(?P<name>[\"']?\b\w*{SECRET_WORDS}\w*[\"']?\s*[=:]\s*)(?P<value>\"[^\"]*\"|'[^']*'|[^\s,;&)}}\]]+)",
    re.IGNORECASE,
)
SECRET_NAME = re.compile(SECRET_WORDS, re.IGNORECASE)
REDACTED = "***"


def redact(text: str) -> str:
    """`text` without URL credentials and without the values of secret-sounding names."""
    text = URL_CREDENTIALS.sub(rf"\g<scheme>{REDACTED}@", text)
    return SECRET_PAIR.sub(rf"\g<name>{REDACTED}", text)


def redact_event(
    _logger: object, _method: str, event: MutableMapping[str, object]
) -> MutableMapping[str, object]:
    """The last structlog processor: every value as redacted text, secret-named values gone."""
    for key, value in event.items():
        if SECRET_NAME.search(key):
            event[key] = REDACTED
        elif isinstance(value, str):
            event[key] = redact(value)
        elif not isinstance(value, (int, float, bool, type(None))):
            event[key] = redact(str(value))
    return event


def configure_logging(file: Path | None = None, level: int = logging.INFO) -> None:
    """Log to stderr, and to `file` (one JSON line each, appended) when given; call once per process."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handlers: list[logging.Handler] = [_handler(logging.StreamHandler(sys.stderr), shared, json=False)]
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(_handler(logging.FileHandler(file, encoding="utf-8"), shared, json=True))
    root = logging.getLogger()
    root.handlers[:] = handlers
    root.setLevel(level)


def _handler(
    handler: logging.Handler, shared: list[structlog.typing.Processor], *, json: bool
) -> logging.Handler:
    render: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, redact_event, render],
        )
    )
    return handler
