"""Expected trouble: a code and parameters here, the sentences for people in `ui.text`."""

from __future__ import annotations


class ServiceError(Exception):
    """Something a person can act on.

    code: dotted, stable, lower case (`alarm.already_claimed`). params: what the sentence needs, several
    words as a tuple; never a secret, a face or a plate.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        inside = ", ".join(f"{key}={value}" for key, value in self.params.items())
        return f"{self.code}({inside})" if inside else self.code
