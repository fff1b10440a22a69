"""Settings of the gateway, from ``MMM_GATEWAY_*`` variables."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from mmm_service.settings import ListenSettings


class GatewaySettings(ListenSettings):
    """Where the gateway listens, whom it knows, and where the services are.

    Attributes
    ----------
    secret : SecretStr
        What the gateway shows to the services.
    tokens_file : Path
        Registry of tokens, see `mmm_gateway.auth`.
    data_address, fitting_address, analysis_address, optimizer_address : str
        ``host:port`` of the services.
    backend_ca_file, backend_certificate_file, backend_key_file : Path, optional
        PEM files for TLS to the services; plain text without them.
    streams_per_principal : int
        Streaming calls one principal may have open at once; a stalled reader holds memory.
    drain_seconds : float
        How long running calls may go on after a request to stop.
    """

    model_config = SettingsConfigDict(env_prefix="MMM_GATEWAY_", frozen=True)

    secret: SecretStr = Field(min_length=16)
    tokens_file: Path
    data_address: str
    fitting_address: str
    analysis_address: str
    optimizer_address: str
    backend_ca_file: Path | None = None
    backend_certificate_file: Path | None = None
    backend_key_file: Path | None = None
    streams_per_principal: int = Field(default=64, ge=1)
    drain_seconds: float = 5.0
