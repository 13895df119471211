"""A log-in that no camera and no file could hold is refused before it is sealed."""

from __future__ import annotations

import pytest

from services.core.errors import ServiceError
from services.core.secrets import Credential, Secrets


@pytest.mark.parametrize("field", ["name", "username", "password"])
def test_half_a_sign_is_not_sealed_but_refused_by_its_field(field: str) -> None:
    words = {"name": "gate", "username": "viewer", "password": "word", field: "a\ud83d"}
    with pytest.raises(ServiceError) as caught:
        Secrets().with_credential(words["name"], Credential(words["username"], words["password"]))
    assert (caught.value.code, caught.value.params["field"]) == ("secrets.bad_credential", field)
