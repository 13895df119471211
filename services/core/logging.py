"""Logging in which no secret survives: redaction is the last processor, after exception text."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from logging.handlers import RotatingFileHandler
from pathlib import Path

import structlog

# A password may hold "@", "/", quotes and spaces, so nothing but the line's last "@" surely ends it.
# That also swallows what stands between two addresses of one line: the price of never showing one.
URL_CREDENTIALS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*://)[^\n]*@", re.IGNORECASE)
SECRET_WORDS = (
    r"(?:pass_?word|passwd|passphrase|passcode|pwd|secret|token|credential|authorization|cookie"
    r"|api_?key|aes_?key|panel_?key|private_?key|口令|密码|密钥"
    r"|\\u53e3\\u4ee4|\\u5bc6\\u7801|\\u5bc6\\u94a5)"  # the same three as JSON may write them
)
SECRET_NAME = re.compile(SECRET_WORDS, re.IGNORECASE)
# {"password": "…"}: a quoted name comes from an encoder, so its value's end is certain.
SECRET_MEMBER = re.compile(
    rf"""(?P<name>(?P<q>["'])[^"'\n]*{SECRET_WORDS}[^"'\n]*(?P=q)\s*[:=]\s*)"""
    r"""(?:b?"(?:\\.|[^"\\])*"|b?'(?:\\.|[^'\\])*'|(?:[\d.]+|true|false|null|None)\b|[^\n]*)""",
    re.IGNORECASE,
)
# password=…: anyone may have written it, so the value ends with the line.
SECRET_PAIR = re.compile(
    rf"(?P<name>\b\w*{SECRET_WORDS}\w*\s*[=:：]\s*)(?!\s)[^\n]+",
    re.IGNORECASE,
)
REDACTED = "***"
# A hub runs for years beside the database; its log must not be what fills the disk.
MOST_BYTES = 10 * 2**20
OLD_FILES = 5


def redact(text: str) -> str:
    """`text` without URL credentials and without the values of secret-sounding names.

    Rather too much is hidden than too little: where the end of a secret is in doubt, the line goes.
    """
    text = URL_CREDENTIALS.sub(rf"\g<scheme>{REDACTED}@", text)
    text = SECRET_MEMBER.sub(rf"\g<name>{REDACTED}", text)
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
    """Log to stderr, and to `file` when given: one JSON line each, OLD_FILES kept of MOST_BYTES.

    Call once per process; two processes must not share a file.
    """
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
        rotating = RotatingFileHandler(file, maxBytes=MOST_BYTES, backupCount=OLD_FILES, encoding="utf-8")
        handlers.append(_handler(rotating, shared, json=True))
    root = logging.getLogger()
    root.handlers[:] = handlers
    root.setLevel(level)
    # Alembic tells at INFO that it has plug-ins, httpx each request; nobody at a desk needs to know.
    for chatty in ("alembic", "httpx"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


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
