"""Settings of the data service, from environment variables."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

MIB = 1 << 20


class DataSettings(BaseSettings):
    """Limits on what is accepted, from ``MMM_DATA_*``.

    Attributes
    ----------
    max_upload_bytes : int
        Size of an uploaded file.
    max_table_bytes : int
        Size of a table in memory: a small compressed file may hold a large one.
    max_rows, max_columns : int
        Shape of a table.
    """

    model_config = SettingsConfigDict(env_prefix="MMM_DATA_", frozen=True)

    max_upload_bytes: int = Field(default=256 * MIB, gt=0)
    max_table_bytes: int = Field(default=1024 * MIB, gt=0)
    max_rows: int = Field(default=1_000_000, gt=0)
    max_columns: int = Field(default=2_000, gt=0)
