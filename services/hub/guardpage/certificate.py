"""The page's certificate: the site's own, or one made here once for this machine alone."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from services.core.errors import ServiceError
from services.core.privatefile import locked, write_private

FILE = "guard-page.pem"
# Phones refuse certificates that are good for longer.
GOOD_FOR = timedelta(days=800)
MADE_ANEW_BEFORE = timedelta(days=30)


def own_certificate(folder: Path, host: str, now: datetime) -> Path:
    """The file with key and certificate, for its owner only; made when there is none that still holds.

    host: what phones call this machine, a name or an address. Raises ServiceError
    hub.bad_certificate(file, reason).
    """
    path = folder / FILE
    try:
        with locked(folder / (FILE + ".lock")):
            if not _holds(path, now):
                write_private(path, _made(host, now))
    except OSError as error:
        raise _refused(path, error.strerror or type(error).__name__) from error
    return path


def tls_context(certificate: Path, key: Path | None) -> ssl.SSLContext:
    """Raises ServiceError hub.bad_certificate(file, reason)."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key)
    except OSError as error:
        raise _refused(certificate, error.strerror or type(error).__name__) from error
    return context


def fingerprint(certificate: Path) -> str:
    """SHA-256 as browsers show it: pairs of capital hexadecimal digits with colons."""
    try:
        found = x509.load_pem_x509_certificate(certificate.read_bytes())
    except (OSError, ValueError) as error:
        raise _refused(certificate, type(error).__name__) from error
    return found.fingerprint(hashes.SHA256()).hex(":").upper()


def _holds(path: Path, now: datetime) -> bool:
    try:
        found = x509.load_pem_x509_certificate(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return False
    return found.not_valid_before_utc <= now < found.not_valid_after_utc - MADE_ANEW_BEFORE


def _made(host: str, now: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Shouwang")])
    begins = now.astimezone(UTC) - timedelta(hours=1)  # phones' clocks differ from ours
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + GOOD_FOR)
        .add_extension(x509.SubjectAlternativeName([_alternative(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _refused(file: Path, reason: str) -> ServiceError:
    return ServiceError("hub.bad_certificate", file=file.name, reason=reason)
