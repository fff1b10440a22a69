"""Datasets: upload, read, describe, validate."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from mmm.common.v1.common_pb2 import Finding
from mmm.common.v1.model_config_pb2 import KPI_KIND_COUNT, KPI_KIND_REVENUE
from mmm.data.v1.data_pb2 import ColumnProfile, Dataset, ReadingOptions
from mmm.data.v1.data_service_pb2 import (
    DeleteDatasetRequest,
    DescribeDatasetRequest,
    DescribeDatasetResponse,
    GetDatasetRequest,
    ListDatasetsRequest,
    ListDatasetVersionsRequest,
    PreviewDatasetRequest,
    PreviewDatasetResponse,
    ProfileDatasetRequest,
    SuggestConfigRequest,
    SuggestConfigResponse,
    UploadHeader,
    ValidateDatasetRequest,
)
from mmm_client.errors import api_errors
from mmm_client.resuming import while_unavailable
from mmm_client.session import COMPUTE_SECONDS, PAGE_SIZE, TRANSFER_SECONDS, Session, new_request_id
from mmm_client.uploads import ProgressCallback, sha256_of, upload_messages
from mmm_core.config import ModelConfig, config_to_proto

_KPI_KINDS = {"revenue": KPI_KIND_REVENUE, "count": KPI_KIND_COUNT}


class DatasetMethods(Session):
    """Calls of the data service."""

    def upload(
        self,
        path: Path,
        *,
        dataset_id: str = "",
        display_name: str = "",
        reading: ReadingOptions | None = None,
        new_version: bool = False,
        on_progress: ProgressCallback | None = None,
    ) -> Dataset:
        """Upload a CSV, Excel or Parquet file.

        An interrupted upload begins again under the same request id, so it is stored once. The same bytes,
        read in the same way, are stored once in any case: without `dataset_id` the dataset that has them is
        returned. `Dataset.reading` says how the file was read.

        Parameters
        ----------
        path : Path
            The file.
        dataset_id : str
            Last part of the resource name. Default: the server makes one.
        display_name : str
            How people call it. Default: the file's name.
        reading : ReadingOptions, optional
            How to read the file, where it can be read in more than one way.
        new_version : bool
            Whether the file is the next version of the dataset `dataset_id`.
        on_progress : callable, optional
            Called with the bytes sent so far and in all.

        Raises
        ------
        OSError
            When the file cannot be read.
        ApiError
            `InvalidRequest` with every problem of the file; `ResourceExhausted` when it is too large.
        """
        header = UploadHeader(
            parent=self.parent,
            dataset_id=dataset_id,
            display_name=display_name,
            file_name=path.name,
            sha256=sha256_of(path),
            request_id=new_request_id(),
            reading=reading,
            new_version=new_version,
        )
        return while_unavailable()(lambda: self._upload_once(path, header, on_progress))

    def _upload_once(self, path: Path, header: UploadHeader, on_progress: ProgressCallback | None) -> Dataset:
        with api_errors():
            return self.data.UploadDataset(
                upload_messages(path, header, on_progress), timeout=TRANSFER_SECONDS
            )

    def list_datasets(self) -> Iterator[Dataset]:
        """Datasets of the workspace by name, fetched page by page."""
        return self._pages(
            self.data.ListDatasets,
            lambda token: ListDatasetsRequest(parent=self.parent, page_size=PAGE_SIZE, page_token=token),
            "datasets",
        )

    def get_dataset(self, name: str) -> Dataset:
        """Read the description of the dataset `name`, or of a version of it."""
        return self._call(self.data.GetDataset, GetDatasetRequest(name=name))

    def list_dataset_versions(self, name: str) -> Iterator[Dataset]:
        """Versions of the dataset `name`, newest first, fetched page by page."""
        return self._pages(
            self.data.ListDatasetVersions,
            lambda token: ListDatasetVersionsRequest(parent=name, page_size=PAGE_SIZE, page_token=token),
            "versions",
        )

    def delete_dataset(self, name: str) -> None:
        """Delete the dataset `name` with all its versions.

        Raises
        ------
        FailedPrecondition
            While models or fits refer to it; `violations` names them.
        """
        self._call(self.data.DeleteDataset, DeleteDatasetRequest(name=name))

    def preview(self, name: str, rows: int = 20) -> PreviewDatasetResponse:
        """Read the first `rows` rows of a dataset as text."""
        request = PreviewDatasetRequest(name=name, row_count=rows)
        return self._call(self.data.PreviewDataset, request, COMPUTE_SECONDS)

    def profile(self, name: str) -> list[ColumnProfile]:
        """Summarise every column of a dataset."""
        response = self._call(self.data.ProfileDataset, ProfileDatasetRequest(name=name), COMPUTE_SECONDS)
        return list(response.columns)

    def validate(self, name: str, config: ModelConfig) -> list[Finding]:
        """Hold a dataset against a configuration; returns all findings, errors first."""
        request = ValidateDatasetRequest(name=name, config=config_to_proto(config))
        return list(self._call(self.data.ValidateDataset, request, COMPUTE_SECONDS).findings)

    def suggest_config(
        self,
        name: str,
        *,
        kpi_column: str = "",
        kpi_kind: Literal["revenue", "count"] | None = None,
        value_per_unit: float | None = None,
        currency: str = "",
    ) -> SuggestConfigResponse:
        """Suggest a complete first configuration for a dataset, with the reason for each choice.

        `mmm_core.config.config_from_proto` makes a `ModelConfig` of the answer's `config`.

        Parameters
        ----------
        name : str
            The dataset.
        kpi_column : str
            Column of the KPI. Default: found by its name.
        kpi_kind : {"revenue", "count"}, optional
            What it counts.
        value_per_unit : float, optional
            Money one unit of a count KPI is worth.
        currency : str
            ISO 4217 code of all money.

        Raises
        ------
        ApiError
            `FailedPrecondition` when the data have no dates, no outcome or no media, all at once;
            `InvalidRequest` when a hint cannot be.
        """
        request = SuggestConfigRequest(
            name=name,
            kpi_column=kpi_column,
            kpi_kind=_KPI_KINDS[kpi_kind] if kpi_kind else None,
            value_per_unit=value_per_unit,
            currency=currency,
        )
        return self._call(self.data.SuggestConfig, request, COMPUTE_SECONDS)

    def describe(
        self,
        name: str,
        config: ModelConfig | None = None,
        *,
        columns: Sequence[str] = (),
        dimension: str = "",
    ) -> DescribeDatasetResponse:
        """Get what charts of a dataset need: series, distributions, spend shares, correlations, empty cells.

        Parameters
        ----------
        name : str
            The dataset.
        config : ModelConfig, optional
            What its columns are; needed for spend shares and lags.
        columns : sequence of str
            Columns of numbers. Default: those of the configuration, else all.
        dimension : str
            Column whose labels get series of their own. Default: all rows together.
        """
        request = DescribeDatasetRequest(
            name=name,
            config=config_to_proto(config) if config is not None else None,
            columns=columns,
            dimension=dimension,
        )
        return self._call(self.data.DescribeDataset, request, COMPUTE_SECONDS)
