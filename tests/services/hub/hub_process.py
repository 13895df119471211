"""A hub in a process of its own, for tests that kill it: DATA_DIR PORT [DATABASE_URL]; prints "ready".

GATE_TOKEN in the environment is the log-in "gate".
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from services.core.logging import configure_logging
from services.core.secrets import Credential, Secrets
from services.core.settings import Settings
from services.hub import Hub


def main(data_dir: str, port: str, database: str | None = None) -> None:
    configure_logging()  # to stderr: stdout is for the parent
    settings = Settings(
        data_dir=Path(data_dir), database=database, dc09_host="127.0.0.1", dc09_port=int(port)
    )
    token = os.environ.get("GATE_TOKEN")
    hub = Hub(settings, Secrets({"gate": Credential("", token)} if token else {}))
    hub.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.read()
    hub.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
