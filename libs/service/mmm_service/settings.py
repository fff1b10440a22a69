"""Settings every service has."""

import ipaddress
from pathlib import Path
from typing import Self

import grpc
from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class ListenSettings(BaseSettings):
    """Where a server listens, and with which certificate.

    Attributes
    ----------
    listen : str
        ``host:port``; port 0 takes a free one.
    tls_certificate_file, tls_key_file : Path, optional
        PEM files. Required to listen on anything but loopback.
    tls_client_ca_file : Path, optional
        PEM file of the authorities whose certificates callers must show (mutual TLS).
    """

    listen: str = "127.0.0.1:0"
    tls_certificate_file: Path | None = None
    tls_key_file: Path | None = None
    tls_client_ca_file: Path | None = None

    @model_validator(mode="after")
    def _plain_text_stays_on_loopback(self) -> Self:
        if (self.tls_certificate_file is None) != (self.tls_key_file is None):
            raise ValueError("tls_certificate_file and tls_key_file go together.")
        if self.tls_certificate_file is None and not is_loopback(self.listen):
            raise ValueError(f"listening on {self.listen} needs tls_certificate_file and tls_key_file.")
        return self

    def credentials(self) -> grpc.ServerCredentials | None:
        """TLS credentials; None for plain text on loopback."""
        if self.tls_certificate_file is None or self.tls_key_file is None:
            return None
        client_ca = self.tls_client_ca_file.read_bytes() if self.tls_client_ca_file else None
        return grpc.ssl_server_credentials(
            [(self.tls_key_file.read_bytes(), self.tls_certificate_file.read_bytes())],
            root_certificates=client_ca,
            require_client_auth=client_ca is not None,
        )


class ServiceSettings(ListenSettings):
    """Settings of a service behind the gateway, from ``MMM_*`` variables.

    Attributes
    ----------
    gateway_secret : SecretStr
        What a caller must show to be taken for the gateway.
    drain_seconds : float
        How long running calls may go on after a request to stop.
    """

    model_config = SettingsConfigDict(env_prefix="MMM_", frozen=True)

    gateway_secret: SecretStr = Field(min_length=16)
    drain_seconds: float = 5.0


def is_loopback(address: str) -> bool:
    """Whether ``host:port`` is on this machine's loopback."""
    host = address.rpartition(":")[0].strip("[]")
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
