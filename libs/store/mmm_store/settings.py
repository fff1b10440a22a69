"""Where the object storage is, and where its local copies are."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class S3Settings(BaseSettings):
    """An S3-compatible endpoint, from ``MMM_S3_*`` variables.

    Attributes
    ----------
    endpoint : str
        ``host:port``.
    access_key, secret_key : SecretStr
        Credentials.
    bucket : str
        Bucket that holds everything; made when missing.
    secure : bool
        Whether to speak TLS.
    region : str
        Region to sign for.
    public_endpoint : str
        ``host:port`` under which callers reach the same storage, for the links they get. Default: `endpoint`.
    public_secure : bool or None
        Whether callers speak TLS to it. Default: like `secure`.
    """

    model_config = SettingsConfigDict(env_prefix="MMM_S3_", frozen=True)

    endpoint: str
    access_key: SecretStr
    secret_key: SecretStr
    bucket: str = Field(default="mmm", pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")
    secure: bool = False
    region: str = "us-east-1"
    public_endpoint: str = ""
    public_secure: bool | None = None


class CacheSettings(BaseSettings):
    """Where this machine keeps what it can fetch or compile again, from ``MMM_CACHE_DIR``."""

    model_config = SettingsConfigDict(env_prefix="MMM_", frozen=True)

    cache_dir: Path

    @property
    def artifacts(self) -> Path:
        """Folder of copies of artifacts."""
        return self.cache_dir / "artifacts"
