"""Models and fits."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from mmm.fitting.v1.fitting_pb2 import Fit, Model, PriorPreview
from mmm.fitting.v1.fitting_service_pb2 import (
    CancelFitRequest,
    CreateFitRequest,
    CreateModelRequest,
    DeleteFitRequest,
    DeleteModelRequest,
    DownloadArtifactRequest,
    GetFitRequest,
    GetModelRequest,
    ListFitsRequest,
    ListModelsRequest,
    PreviewPriorsRequest,
    UpdateModelRequest,
    WatchFitRequest,
)
from mmm_client.errors import api_errors
from mmm_client.resuming import while_unavailable
from mmm_client.session import COMPUTE_SECONDS, PAGE_SIZE, TRANSFER_SECONDS, Session, new_request_id
from mmm_client.watching import follow
from mmm_core.config import ModelConfig, config_to_proto

ALL_MODELS = "-"
# The server gives up after two minutes, and may have others to serve first.
PREVIEW_SECONDS = 300.0


class CorruptDownload(Exception):
    """A downloaded file differs from what the fit recorded."""


class FitMethods(Session):
    """Calls of the fitting service."""

    def create_model(
        self, dataset: str, config: ModelConfig, *, display_name: str = "", model_id: str = ""
    ) -> Model:
        """Store a model of a dataset.

        Parameters
        ----------
        dataset : str
            Resource name of the dataset.
        config : ModelConfig
            What its columns are.
        display_name : str
            How people call it.
        model_id : str
            Last part of the resource name. Default: the server makes one.
        """
        model = Model(display_name=display_name, dataset=dataset, config=config_to_proto(config))
        request = CreateModelRequest(
            parent=self.parent, model_id=model_id, model=model, request_id=new_request_id()
        )
        return self._call(self.fitting.CreateModel, request)

    def preview_priors(
        self, dataset: str, config: ModelConfig, *, draws: int = 0, interval_probability: float = 0.0
    ) -> PriorPreview:
        """Say what a configuration implies before any fit; takes some seconds.

        Parameters
        ----------
        dataset : str
            Resource name of the dataset.
        config : ModelConfig
            What its columns are and what is believed.
        draws : int
            Number of prior draws, 50 to 2000. Default 500.
        interval_probability : float
            Mass of the intervals. Default 0.9.
        """
        request = PreviewPriorsRequest(
            dataset=dataset,
            config=config_to_proto(config),
            draw_count=draws,
            interval_probability=interval_probability,
        )
        return self._call(self.fitting.PreviewPriors, request, PREVIEW_SECONDS)

    def get_model(self, name: str) -> Model:
        """Read the model `name`."""
        return self._call(self.fitting.GetModel, GetModelRequest(name=name))

    def update_model(self, model: Model) -> Model:
        """Replace a model's display name, dataset and configuration; its `etag` must be current if set."""
        return self._call(self.fitting.UpdateModel, UpdateModelRequest(model=model))

    def delete_model(self, name: str, *, etag: str = "") -> None:
        """Delete a model without fits."""
        self._call(self.fitting.DeleteModel, DeleteModelRequest(name=name, etag=etag))

    def list_models(self) -> Iterator[Model]:
        """Models of the workspace by name, fetched page by page."""
        return self._pages(
            self.fitting.ListModels,
            lambda token: ListModelsRequest(parent=self.parent, page_size=PAGE_SIZE, page_token=token),
            "models",
        )

    def start_fit(
        self,
        model_name: str,
        *,
        display_name: str = "",
        acknowledged_warnings: Iterable[str] = (),
        holdout_periods: int = 0,
    ) -> Fit:
        """Accept a fit of the model and return at once; `watch_fit` follows it.

        Parameters
        ----------
        model_name : str
            Resource name of the model.
        display_name : str
            How people call the fit. Default: as the model.
        acknowledged_warnings : iterable of str
            Codes of the warnings of `validate` that you have read and accept.
        holdout_periods : int
            Periods at the end of the data to withhold; the fit's result says how well it foretold them.

        Raises
        ------
        ApiError
            `InvalidRequest` with every error of the data; `FailedPrecondition` with every warning that was
            not acknowledged.
        """
        request = CreateFitRequest(
            parent=model_name,
            fit=Fit(display_name=display_name),
            request_id=new_request_id(),
            acknowledged_warnings=acknowledged_warnings,
            holdout_periods=holdout_periods,
        )
        return self._call(self.fitting.CreateFit, request, COMPUTE_SECONDS)

    def get_fit(self, name: str) -> Fit:
        """Read the fit `name`."""
        return self._call(self.fitting.GetFit, GetFitRequest(name=name))

    def list_fits(self, model: str = ALL_MODELS) -> Iterator[Fit]:
        """Fits of a model, by default of all models of the workspace, fetched page by page.

        Parameters
        ----------
        model : str
            Resource name of the model, or ``-``.
        """
        parent = f"{self.parent}/models/{ALL_MODELS}" if model == ALL_MODELS else model
        return self._pages(
            self.fitting.ListFits,
            lambda token: ListFitsRequest(parent=parent, page_size=PAGE_SIZE, page_token=token),
            "fits",
        )

    def watch_fit(self, name: str) -> Iterator[Fit]:
        """Yield snapshots of a fit with a rising revision until it has ended.

        Goes on by itself after an interruption of up to a minute.
        """
        request = WatchFitRequest(name=name)
        return follow(lambda: self.fitting.WatchFit(request, timeout=TRANSFER_SECONDS))

    def cancel_fit(self, name: str) -> Fit:
        """Ask a fit to end; a fit that has ended is left as it is."""
        return self._call(self.fitting.CancelFit, CancelFitRequest(name=name))

    def delete_fit(self, name: str) -> None:
        """Delete a fit that has ended, with its files."""
        self._call(self.fitting.DeleteFit, DeleteFitRequest(name=name))

    def download_artifact(self, name: str, artifact_id: str, path: Path) -> Path:
        """Download one file of a fit; `path` appears only when it arrived whole.

        Parameters
        ----------
        name : str
            Resource name of the fit.
        artifact_id : str
            Which file, for example ``posterior.nc``.
        path : Path
            Where to put it.

        Raises
        ------
        ApiError
            `NotFound` when the fit has no such file.
        CorruptDownload
            When what arrived is not what the fit recorded.
        """
        expected = {a.artifact_id: a.sha256 for a in self.get_fit(name).result.artifacts}.get(artifact_id)
        partial = path.with_name(path.name + ".partial")
        request = DownloadArtifactRequest(name=name, artifact_id=artifact_id)
        try:
            digest = while_unavailable()(lambda: self._download_once(request, partial))
            if expected is not None and digest != expected:
                raise CorruptDownload(f"{artifact_id} of {name} arrived with another checksum than recorded.")
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        return path

    def _download_once(self, request: DownloadArtifactRequest, target: Path) -> str:
        digest = hashlib.sha256()
        with target.open("wb") as file, api_errors():
            for message in self.fitting.DownloadArtifact(request, timeout=TRANSFER_SECONDS):
                file.write(message.chunk)
                digest.update(message.chunk)
        return digest.hexdigest()
