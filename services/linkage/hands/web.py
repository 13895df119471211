"""HTTP to another system: one POST of JSON, to exactly the address that the rule names."""

from __future__ import annotations

import httpx

from services.core.errors import ServiceError
from services.core.secrets import HeldSecrets
from services.core.trust import client_context
from services.linkage.engine import Task
from services.linkage.hands.words import body_of
from services.linkage.refusals import Unavailable
from services.video.deadline import Deadline, DeadlineTransport

CONNECT_S = 3.0


class Poster:
    """A redirect is refused: it would take the log-in to where nobody sent it. Of the answer only the
    status is read. No address with credentials is accepted, so none can come into a log or a record."""

    def __init__(self, secrets: HeldSecrets) -> None:
        self._secrets = secrets

    def post(self, task: Task) -> None:
        """Raises linkage.web_refused(status); web_unreachable, bad_certificate(host)."""
        url = httpx.URL(task.action.target)
        if url.userinfo:
            raise ServiceError("linkage.address_invalid")
        status = self._status(task, url)
        if not 200 <= status < 300:
            raise ServiceError("linkage.web_refused", status=status)

    def _status(self, task: Task, url: httpx.URL) -> int:
        deadline = Deadline()
        context = client_context(self._trust(task))
        client = httpx.Client(
            transport=DeadlineTransport(deadline, context),
            # Neither a proxy nor a .netrc of this machine is meant for it.
            trust_env=False,
            auth=self._auth(task),
            timeout=httpx.Timeout(task.within_s, connect=CONNECT_S),
            headers={"User-Agent": "shouwang", "Content-Type": "application/json"},
        )
        failed = ""
        try:
            with (
                client,
                deadline.within(task.within_s),
                client.stream("POST", url, content=body_of(task)) as answer,
            ):
                return answer.status_code
        except httpx.HTTPError as error:
            failed = "bad_certificate" if "CERTIFICATE" in str(error).upper() else "web_unreachable"
        # Outside the handler: the request, with its headers, must not hang on this exception.
        raise ServiceError(f"linkage.{failed}", host=url.host)

    def _auth(self, task: Task) -> httpx.BasicAuth | None:
        login = self._secrets.credential(task.action.credential) if task.action.credential else None
        if task.action.credential and login is None:
            raise Unavailable("linkage.no_credential", name=task.action.credential)
        return httpx.BasicAuth(login.username, login.password) if login else None

    def _trust(self, task: Task) -> str:
        login = self._secrets.credential(task.action.credential) if task.action.credential else None
        return task.action.trust or (login.tls if login else "")
