"""The site as the receiver needs it now: keys by account, feeds by zone; replaced whole on an import."""

from __future__ import annotations

from services.alarms.meaning import Kind, is_fire_code, meaning_of, priority_in_zone
from services.campus.sight import Sight
from services.core.secrets import HeldSecrets
from services.domain.alarms import Qualifier, Signal
from services.domain.classes import AlarmClass, Priority
from services.domain.site import CameraNo, Site, Zone
from services.linkage.feeds import FeedChoice


class Campus:
    """Written by the rounds' thread, read by the receiver's, which asks who is known and must encrypt.

    Secrets are refreshed by the key reader's."""

    def __init__(self, site: Site, secrets: HeldSecrets) -> None:
        self._secrets = secrets
        self._choice = FeedChoice(site, Sight(site).feeds_for)
        self._must_encrypt = _encrypting(site)
        self._accounts = _accounts(site)
        self._fire_zones = _fire_zones(site)
        self._zones = _zones(site)
        self.site = site

    def use_site(self, site: Site) -> None:
        self._choice = FeedChoice(site, Sight(site).feeds_for)
        self._must_encrypt = _encrypting(site)
        self._accounts = _accounts(site)
        self._fire_zones = _fire_zones(site)
        self._zones = _zones(site)
        self.site = site

    def choose_feeds(self, zone: Zone) -> tuple[CameraNo, ...]:
        return self._choice.choose(zone)

    def key_of(self, account: str) -> bytes | None:
        """Accounts arrive in upper case; a person may have written the secrets file in lower case."""
        return self._secrets.panel_key(account) or self._secrets.panel_key(account.lower())

    def refresh_secrets(self) -> None:
        """A key that somebody has just entered, or that can be read again, counts from now on."""
        self._secrets.refresh()

    @property
    def has_all_secrets(self) -> bool:
        return self._secrets.trouble is None

    def knows(self, account: str) -> bool:
        """Whether a panel of the site has this account."""
        return account in self._accounts

    def is_fire(self, signal: Signal) -> bool:
        """Whether it goes before all others: what it says, or where it comes from."""
        if signal.qualifier is Qualifier.RESTORE:
            return False
        return is_fire_code(signal.code) or (signal.account, signal.point or signal.zone) in self._fire_zones

    def may_be_invented(self, signal: Signal) -> bool:
        """An alarm of a zone that the site does not have, but none of the most urgent: those may come from a
        panic button that somebody forgot to enter."""
        means = meaning_of(signal.code)
        if means.kind is not Kind.ALARM or not (signal.point or signal.zone):
            return False
        has_zone = (signal.account, signal.point or signal.zone) in self._zones
        return not has_zone and priority_in_zone(means, means.alarm_class, None) > Priority.P1

    def must_encrypt(self, account: str) -> bool:
        """By the site file or because this machine holds a key, readable or not: either is enough to
        refuse plain frames."""
        return account in self._must_encrypt or any(map(self._secrets.has_panel, (account, account.lower())))


def _accounts(site: Site) -> frozenset[str]:
    return frozenset(panel.account.upper() for panel in site.panels)


def _encrypting(site: Site) -> frozenset[str]:
    return frozenset(panel.account.upper() for panel in site.panels if panel.is_encrypted)


def _fire_zones(site: Site) -> frozenset[tuple[str, str | int]]:
    """Account with the zone's point, or with its number where it has none."""
    accounts = {panel.no: panel.account.upper() for panel in site.panels}
    return frozenset(
        (accounts[zone.panel], zone.point or zone.number)
        for zone in site.zones
        if zone.alarm_class is AlarmClass.FIRE and zone.panel in accounts
    )


def _zones(site: Site) -> frozenset[tuple[str, str | int]]:
    """Account with the zone's number, and with its point where it has one."""
    accounts = {panel.no: panel.account.upper() for panel in site.panels}
    return frozenset(
        (accounts[zone.panel], mark)
        for zone in site.zones
        if zone.panel in accounts
        for mark in (zone.number, zone.point)
        if mark
    )
