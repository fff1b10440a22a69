"""Datasets written into a store the way the data service leaves them."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from mmm_core.names import DatasetName
from mmm_core.records import ArtifactRecord, DatasetRecord, dataset_key, table_key
from mmm_data.datasets import Datasets
from mmm_data.ingest import ReadingOptions
from mmm_data.requests import check_upload
from mmm_data.settings import DataSettings
from mmm_store.cache import ArtifactCache
from mmm_store.store import Store

MOMENT = datetime(2024, 1, 1, tzinfo=UTC)


def store_dataset(store: Store, name: DatasetName, table: pd.DataFrame, folder: Path) -> None:
    """Write the table, then the record."""
    file = folder / "data.parquet"
    table.to_parquet(file)
    info = store.put_artifact(table_key(name.client, name.dataset, "upload-1"), file)
    record = DatasetRecord(
        name=str(name),
        display_name=name.dataset,
        create_time=MOMENT,
        source_format="parquet",
        source_bytes=info.size_bytes,
        source_sha256=info.sha256,
        row_count=len(table),
        columns=(),
        table=ArtifactRecord(
            artifact_id=file.name, key=info.key, size_bytes=info.size_bytes, sha256=info.sha256
        ),
    )
    store.create_record(dataset_key(name), record.model_dump(mode="json"))


def upload_table(
    store: Store, name: DatasetName, table: pd.DataFrame, folder: Path, *, new_version: bool = False
) -> DatasetRecord:
    """Upload the table as CSV, the way users do."""
    datasets = Datasets(store, ArtifactCache(store, folder), DataSettings())
    request = check_upload(
        parent=f"clients/{name.client}",
        dataset_id=name.dataset,
        display_name="",
        file_name="table.csv",
        declared=None,
        sha256="",
        request_id="",
        options=ReadingOptions(),
        new_version=new_version,
    )
    with datasets.begin_upload(request) as upload:
        upload.write(table.to_csv(index=False).encode())
        return upload.finish()
