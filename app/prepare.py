"""Everything a workstation needs before it can show a window; runs in a job, never in the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from app.attach import attach_hub
from app.records import database_url
from app.roles import secrets_file
from services.alarms.placing import words_in_names
from services.core.errors import ServiceError
from services.core.heldsecrets import SecretsFile
from services.core.settings import Settings
from services.domain.board import Board
from services.domain.site import Site
from services.identity import Accounts
from services.storage import Database, care
from ui.text.places import learn_more
from ui.tiles.gpu.choice import PainterChoice, choose_painter

NO_SITE = Site("", "", "", 100.0, 100.0)


@dataclass(frozen=True, slots=True)
class Prepared:
    """board and site are one snapshot; has_hub: a hub serves this database.

    secrets_trouble: why not all secrets could be read; cameras that need one of those stay dark.

    revive_hub: finds or starts the hub again, in a job; None where that is another's business.
    """

    database: Database
    site: Site
    board: Board
    has_administrator: bool
    has_hub: bool
    secrets: SecretsFile
    secrets_trouble: ServiceError | None = None
    revive_hub: Callable[[], object] | None = None
    settings: Settings = field(default_factory=Settings)
    painter: PainterChoice = field(default_factory=PainterChoice)


def prepare(settings: Settings, *, starts_hub: bool) -> Prepared:
    """Open the database (one PC: bring its schema up first), find the hub, read the watch.

    Raises ServiceError (storage.*); nothing stays open then.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    url = database_url(settings)
    if url.startswith("sqlite"):
        care.upgrade(url)
    database = Database(url)
    database.open()
    try:
        # Records hold them in Chinese only; the tables they are read from are files.
        learn_more(words_in_names())
        has_hub = attach_hub(settings, database) if starts_hub else True
        site, board = database.read(lambda view: (view.site() or NO_SITE, view.board()))
        revive = partial(attach_hub, settings, database) if starts_hub else None
        has_administrator = Accounts(database).has_administrator()
        secrets = secrets_file(settings)
        trouble = secrets.load_what_opens().trouble
        painter = choose_painter(settings.painter)
        return Prepared(
            database, site, board, has_administrator, has_hub, secrets, trouble, revive, settings, painter
        )
    except BaseException:
        database.close()
        raise
