"""A camera and its log-in are saved together: the log-in only into this machine's secrets, and once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from services.core.heldsecrets import SecretsFile
from services.core.secrets import Credential
from services.devices.cameras import CameraDesk
from services.devices.keeping import CameraKeeper, Logins
from services.domain.site import Site
from services.storage import Database
from tests.services.devices.conftest import ADMINISTRATOR, LEADER, new_camera, refused

LOGIN = Credential("admin", "a long secret word")
LOGINS = Logins(LOGIN)
RECORDERS = Credential("nvr", "another word")


@pytest.fixture
def secrets(data_dir: Path) -> SecretsFile:
    return SecretsFile(data_dir / "secrets.toml")


@pytest.fixture
def keeper(database: Database, secrets: SecretsFile) -> CameraKeeper:
    return CameraKeeper(CameraDesk(database), secrets)


def stored(database: Database) -> Site:
    site = database.read(lambda view: view.site())
    assert site is not None
    return site


def test_a_password_lies_in_the_secrets_and_nowhere_in_the_database(
    keeper: CameraKeeper, secrets: SecretsFile, database: Database, tmp_path: Path
) -> None:
    camera = keeper.add(ADMINISTRATOR, stored(database), new_camera(), LOGINS)
    assert secrets.credential(camera.credential) == LOGIN
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any(file.name.startswith("record.db") for file in written)
    assert not [file.name for file in written if LOGIN.password.encode() in file.read_bytes()]


def test_cameras_with_the_same_login_share_one_entry(
    keeper: CameraKeeper, secrets: SecretsFile, database: Database
) -> None:
    first = keeper.add(ADMINISTRATOR, stored(database), new_camera(), LOGINS)
    others = [
        (new_camera(), LOGINS),
        (new_camera(), Logins(Credential("admin", "other"))),
        (new_camera(), Logins()),
    ]
    second, third, fourth = keeper.add_all(ADMINISTRATOR, stored(database), others)
    assert second.credential == first.credential
    assert third.credential not in ("", first.credential)
    assert fourth.credential == ""
    assert len(secrets.now.credential_names) == 2


def test_the_login_of_a_refused_camera_is_taken_back(
    keeper: CameraKeeper, secrets: SecretsFile, database: Database
) -> None:
    bad = replace(new_camera(), fov_deg=999.0)
    assert refused(lambda: keeper.add(ADMINISTRATOR, stored(database), bad, LOGINS)).code == "camera.invalid"
    assert secrets.now.credential_names == ()
    error = refused(lambda: keeper.add(LEADER, stored(database), new_camera(), LOGINS))
    assert error.code == "identity.forbidden"
    assert secrets.now.credential_names == ()


def test_another_password_has_another_name_so_that_every_seat_reconnects(
    keeper: CameraKeeper, secrets: SecretsFile, database: Database
) -> None:
    seen = keeper.add(ADMINISTRATOR, stored(database), new_camera(), LOGINS)
    new = Credential("admin", "the new one")
    now = keeper.change(ADMINISTRATOR, stored(database), seen, seen, Logins(new))
    assert now.credential != seen.credential
    assert secrets.credential(now.credential) == new
    assert secrets.credential(seen.credential) is None


def test_a_login_goes_with_the_last_camera_that_has_it(
    keeper: CameraKeeper, secrets: SecretsFile, database: Database
) -> None:
    one, two = keeper.add_all(
        ADMINISTRATOR, stored(database), [(new_camera(), LOGINS), (new_camera(), LOGINS)]
    )
    keeper.remove(ADMINISTRATOR, stored(database), one, unpin=False)
    assert secrets.credential(two.credential) == LOGIN
    keeper.remove(ADMINISTRATOR, stored(database), two, unpin=False)
    assert secrets.now.credential_names == ()


def test_a_replaced_device_keeps_number_and_place_and_brings_its_own_login(
    keeper: CameraKeeper, secrets: SecretsFile, database: Database
) -> None:
    site = stored(database)
    seen = site.camera("C03")
    assert seen is not None
    now = keeper.replace(ADMINISTRATOR, site, seen, new_camera(), LOGINS)
    assert (now.no, now.name, now.main_url) == ("C03", seen.name, new_camera().main_url)
    assert secrets.credential(now.credential) == LOGIN


def test_the_login_of_a_recorder_is_kept_beside_the_cameras_own_and_goes_with_its_last_camera(
    keeper: CameraKeeper, secrets: SecretsFile, database: Database
) -> None:
    both = Logins(LOGIN, RECORDERS)
    one, two = keeper.add_all(ADMINISTRATOR, stored(database), [(new_camera(), both), (new_camera(), both)])
    assert one.recorder_credential == two.recorder_credential != one.credential
    assert keeper.logins(one) == both
    keeper.change(ADMINISTRATOR, stored(database), two, two, LOGINS)
    assert secrets.credential(one.recorder_credential) == RECORDERS
    now = keeper.change(ADMINISTRATOR, stored(database), one, one, LOGINS)
    assert now.recorder_credential == ""
    assert secrets.credential(one.recorder_credential) is None
    assert secrets.credential(now.credential) == LOGIN


def test_a_login_that_this_machine_lacks_keeps_its_name(keeper: CameraKeeper, database: Database) -> None:
    seen = CameraDesk(database).add(
        ADMINISTRATOR, replace(new_camera(), credential="gate", recorder_credential="nvr")
    )
    now = keeper.change(ADMINISTRATOR, stored(database), seen, replace(seen, name="门"), Logins())
    assert (now.credential, now.recorder_credential) == ("gate", "nvr")
