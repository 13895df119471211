"""The verifier's own Ed25519 says what RFC 8032 and two other implementations say."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from services.evidence import verify
from services.evidence.signing import SigningKey, fingerprint_of

# RFC 8032 section 7.1: secret key, public key, message, signature.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
        "454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
        "3dca179c138ac17ad9bef1177331a704",
    ),
]
ORDER = 2**252 + 27742317777372353535851937790883648493


def agrees_with_openssl(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@pytest.mark.parametrize(("secret", "public", "message", "signature"), RFC_8032)
def test_the_vectors_of_rfc_8032(secret: str, public: str, message: str, signature: str) -> None:
    key, said = SigningKey(bytes.fromhex(secret)), bytes.fromhex(message)
    assert key.public_bytes.hex() == public
    assert key.sign(said).hex() == signature
    assert verify.is_signed(bytes.fromhex(public), said, bytes.fromhex(signature))
    assert not verify.is_signed(bytes.fromhex(public), said + b"x", bytes.fromhex(signature))


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 64 * 8 - 1))
def test_what_the_library_signs_is_signed_and_with_a_flipped_bit_it_is_not(
    seed: bytes, message: bytes, bit: int
) -> None:
    key = SigningKey(seed)
    signature = bytearray(key.sign(message))
    assert verify.is_signed(key.public_bytes, message, bytes(signature))
    signature[bit // 8] ^= 1 << bit % 8
    assert not verify.is_signed(key.public_bytes, message, bytes(signature))
    assert not agrees_with_openssl(key.public_bytes, message, bytes(signature))


def signed_by_hand(seed: bytes, message: bytes) -> tuple[bytes, bytes]:
    """RFC 8032 section 5.1.6 with the verifier's curve: public key and signature."""
    digest = verify.hashlib.sha512(seed).digest()
    number = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
    public = verify.BASE.times(number).encoded()
    r = int.from_bytes(verify.hashlib.sha512(digest[32:] + message).digest(), "little") % ORDER
    point = verify.BASE.times(r).encoded()
    k = int.from_bytes(verify.hashlib.sha512(point + public + message).digest(), "little") % ORDER
    return public, point + ((r + k * number) % ORDER).to_bytes(32, "little")


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200))
def test_what_the_verifiers_curve_signs_the_library_accepts(seed: bytes, message: bytes) -> None:
    public, signature = signed_by_hand(seed, message)
    assert public == SigningKey(seed).public_bytes
    assert agrees_with_openssl(public, message, signature)


def test_a_signature_written_another_way_is_none() -> None:
    """Section 5.1.7: S at or above the order is refused, or every signature would have a twin."""
    key = SigningKey(bytes(32))
    signature = key.sign(b"m")
    twin = int.from_bytes(signature[32:], "little") + ORDER
    assert not verify.is_signed(key.public_bytes, b"m", signature[:32] + twin.to_bytes(32, "little"))
    assert not verify.is_signed(key.public_bytes, b"m", signature[:63])


def test_a_key_that_would_sign_anything_is_none() -> None:
    """The neutral point as key, R = neutral and S = 0: the equation holds for every message."""
    neutral = (1).to_bytes(32, "little")
    assert not verify.is_signed(neutral, b"anything", neutral + bytes(32))


def test_openssl_alone_checks_the_seal(tmp_path: Path) -> None:
    key = SigningKey(bytes(32))
    (tmp_path / "public_key.pem").write_bytes(key.public_pem)
    (tmp_path / "seal.json").write_bytes(b"seal")
    (tmp_path / "seal.sig").write_bytes(key.sign(b"seal"))
    command = "openssl pkeyutl -verify -pubin -inkey public_key.pem -rawin -in seal.json -sigfile seal.sig"
    assert subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "seal.json").write_bytes(b"sea1")
    assert subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False).returncode != 0
    assert verify.key_of(key.public_pem) == key.public_bytes


def test_a_fingerprint_is_the_hash_of_the_public_key_in_groups() -> None:
    # sha256 of 32 zero bytes.
    digits = "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"
    assert fingerprint_of(bytes(32)).replace(" ", "") == digits
    assert fingerprint_of(bytes(32)).startswith("6668 7aad f862 ")
    assert verify.fingerprint_of(bytes(32)) == fingerprint_of(bytes(32))
