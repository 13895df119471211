"""Answers of devices whose XML forgets to declare a prefix: no parser reads them as they are."""

from __future__ import annotations

import re

_ROOT = re.compile(r"<[A-Za-z_][\w.:-]*")
_USED = re.compile(r"(?:</?|\s)([A-Za-z_][\w.-]*):[A-Za-z_]")
_DECLARED = re.compile(r"\sxmlns:([\w.-]+)\s*=")
_KNOWN = {"xml", "xmlns"}


def declare_prefixes(text: str) -> str:
    """`text` with every prefix it uses declared in its first element; unchanged when none is missing."""
    missing = set(_USED.findall(text)) - set(_DECLARED.findall(text)) - _KNOWN
    root = _ROOT.search(text)
    if not missing or root is None:
        return text
    declared = "".join(f' xmlns:{prefix}="urn:undeclared:{prefix}"' for prefix in sorted(missing))
    return text[: root.end()] + declared + text[root.end() :]
