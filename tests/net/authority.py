"""An authority that signs whatever certificate a test wants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, NameOID
from twisted.internet.ssl import Certificate, CertificateOptions, PrivateCertificate

#: The names of a certificate: some, bytes to stand in their place, or nothing at all.
Names = Sequence[x509.GeneralName] | bytes | None

DAY = timedelta(days=1)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


class WithRoot(PrivateCertificate):
    """A certificate that is shown together with that of its authority."""

    root: Certificate

    def options(self, *authorities: Certificate) -> CertificateOptions:
        return CertificateOptions(
            privateKey=self.privateKey.original,
            certificate=self.original,
            extraCertChain=[self.root.original],
        )


class Authority:
    """
    Signs.

    :ivar root: its own certificate, for who trusts it.
    """

    def __init__(self, name: str = "Test authority") -> None:
        self._name = name
        self._key = ec.generate_private_key(ec.SECP256R1())
        own = self._begun(name, self._key.public_key(), timedelta())
        own = own.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        signed = own.sign(self._key, hashes.SHA256())
        self.root = Certificate.loadPEM(signed.public_bytes(serialization.Encoding.PEM))

    def _begun(
        self, common: str, key: ec.EllipticCurvePublicKey, shift: timedelta, by: str = ""
    ) -> x509.CertificateBuilder:
        now = datetime.now(UTC) + shift
        return (
            x509.CertificateBuilder()
            .subject_name(_name(common))
            .issuer_name(_name(by or self._name))
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - DAY)
            .not_valid_after(now + DAY)
        )

    def certificate(
        self,
        names: Names,
        *,
        common: str = "target.example",
        shift: timedelta = timedelta(),
        self_signed: bool = False,
        usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.SERVER_AUTH,
    ) -> PrivateCertificate:
        """A certificate with its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        begun = self._begun(common, key.public_key(), shift, common if self_signed else "")
        begun = begun.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        if isinstance(names, bytes):
            odd = x509.UnrecognizedExtension(ExtensionOID.SUBJECT_ALTERNATIVE_NAME, names)
            begun = begun.add_extension(odd, critical=False)
        elif names is not None:
            begun = begun.add_extension(x509.SubjectAlternativeName(names), critical=False)
        signed = begun.sign(key if self_signed else self._key, hashes.SHA256())
        return PrivateCertificate.loadPEM(
            signed.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )

    def with_root(self, names: Names) -> WithRoot:
        """A certificate whose server shows :attr:`root` as well."""
        made = WithRoot.loadPEM(self.certificate(names).dumpPEM())
        made.root = self.root
        return made
