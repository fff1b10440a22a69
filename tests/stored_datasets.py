"""Datasets written into a store the way the data service leaves them."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from mmm_core.names import DatasetName
from mmm_core.records import ArtifactRecord, DatasetRecord, dataset_key, table_key
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
