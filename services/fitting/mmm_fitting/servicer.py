"""The fitting service on the wire: parse, call one function, answer."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from google.protobuf.empty_pb2 import Empty

from mmm.fitting.v1 import fitting_pb2
from mmm.fitting.v1 import fitting_service_pb2 as wire
from mmm.fitting.v1.fitting_service_pb2_grpc import FittingServiceServicer
from mmm_core.config import config_from_proto
from mmm_core.names import ClientName, CrossValidationName, FitName, ModelName, parse_dataset_name
from mmm_core.pages import page_size
from mmm_fitting.cross_validations import CrossValidationDraft, CrossValidations
from mmm_fitting.fits import FitDraft, Fits
from mmm_fitting.messages import cross_validation_to_proto, fit_to_proto, model_to_proto, preview_to_proto
from mmm_fitting.models import ModelDraft, Models
from mmm_fitting.previews import PreviewQuestion, Previews
from mmm_fitting.watch import watch
from mmm_service.principal import require_workspace
from mmm_store.store import Store


@dataclass(frozen=True, slots=True)
class UseCases:
    """What the service can do."""

    models: Models
    fits: Fits
    cross_validations: CrossValidations
    previews: Previews


class FittingServicer(FittingServiceServicer):
    """Answers the calls of ``mmm.fitting.v1.FittingService``."""

    def __init__(self, store: Store, cases: UseCases, poll_seconds: float) -> None:
        self._store = store
        self._models = cases.models
        self._fits = cases.fits
        self._cross_validations = cases.cross_validations
        self._previews = cases.previews
        self._poll_seconds = poll_seconds

    async def CreateModel(self, request: wire.CreateModelRequest, context: Any) -> fitting_pb2.Model:
        """Store a model."""
        parent = _workspace(request.parent)
        model = await asyncio.to_thread(
            self._models.create, parent, request.model_id, _draft(request.model), request.request_id
        )
        return model_to_proto(model)

    async def GetModel(self, request: wire.GetModelRequest, context: Any) -> fitting_pb2.Model:
        """Read a model."""
        return model_to_proto(await asyncio.to_thread(self._models.get, _model(request.name)))

    async def ListModels(self, request: wire.ListModelsRequest, context: Any) -> wire.ListModelsResponse:
        """List models."""
        parent, size = _workspace(request.parent), page_size(request.page_size)
        models, token = await asyncio.to_thread(self._models.list, parent, request.page_token, size)
        return wire.ListModelsResponse(models=map(model_to_proto, models), next_page_token=token)

    async def UpdateModel(self, request: wire.UpdateModelRequest, context: Any) -> fitting_pb2.Model:
        """Replace a model."""
        name = _model(request.model.name, "model.name")
        draft = _draft(request.model)
        return model_to_proto(await asyncio.to_thread(self._models.update, name, draft, request.model.etag))

    async def DeleteModel(self, request: wire.DeleteModelRequest, context: Any) -> Empty:
        """Delete a model."""
        await asyncio.to_thread(self._models.delete, _model(request.name), request.etag)
        return Empty()

    async def CreateFit(self, request: wire.CreateFitRequest, context: Any) -> fitting_pb2.Fit:
        """Accept a fit."""
        parent = _model(request.parent, "parent")
        acknowledged = tuple(request.acknowledged_warnings)
        draft = FitDraft(request.fit.display_name, acknowledged, request.holdout_periods)
        view = await asyncio.to_thread(self._fits.create, parent, request.fit_id, draft, request.request_id)
        return fit_to_proto(view)

    async def GetFit(self, request: wire.GetFitRequest, context: Any) -> fitting_pb2.Fit:
        """Read a fit."""
        return fit_to_proto(await asyncio.to_thread(self._fits.get, _fit(request.name)))

    async def ListFits(self, request: wire.ListFitsRequest, context: Any) -> wire.ListFitsResponse:
        """List fits."""
        parent = ModelName.parse(request.parent, "parent", allow_any=True)
        require_workspace(parent.client)
        size = page_size(request.page_size)
        fits, token = await asyncio.to_thread(self._fits.list, parent, request.page_token, size)
        return wire.ListFitsResponse(fits=map(fit_to_proto, fits), next_page_token=token)

    async def WatchFit(self, request: wire.WatchFitRequest, context: Any) -> AsyncIterator[fitting_pb2.Fit]:
        """Follow a fit."""
        async for view in watch(self._store, _fit(request.name), self._poll_seconds):
            yield fit_to_proto(view)

    async def CancelFit(self, request: wire.CancelFitRequest, context: Any) -> fitting_pb2.Fit:
        """Ask a fit to end."""
        return fit_to_proto(await asyncio.to_thread(self._fits.cancel, _fit(request.name)))

    async def DeleteFit(self, request: wire.DeleteFitRequest, context: Any) -> Empty:
        """Delete a fit."""
        await asyncio.to_thread(self._fits.delete, _fit(request.name))
        return Empty()

    async def CreateCrossValidation(
        self, request: wire.CreateCrossValidationRequest, context: Any
    ) -> fitting_pb2.CrossValidation:
        """Accept a cross-validation."""
        parent, asked = _model(request.parent, "parent"), request.cross_validation
        draft = CrossValidationDraft(
            asked.display_name, asked.fold_count, asked.horizon_periods, tuple(request.acknowledged_warnings)
        )
        view = await asyncio.to_thread(
            self._cross_validations.create, parent, request.cross_validation_id, draft, request.request_id
        )
        return cross_validation_to_proto(view)

    async def GetCrossValidation(
        self, request: wire.GetCrossValidationRequest, context: Any
    ) -> fitting_pb2.CrossValidation:
        """Read a cross-validation."""
        name = _cross_validation(request.name)
        return cross_validation_to_proto(await asyncio.to_thread(self._cross_validations.get, name))

    async def ListCrossValidations(
        self, request: wire.ListCrossValidationsRequest, context: Any
    ) -> wire.ListCrossValidationsResponse:
        """List cross-validations."""
        parent, size = _model(request.parent, "parent"), page_size(request.page_size)
        found, token = await asyncio.to_thread(self._cross_validations.list, parent, request.page_token, size)
        return wire.ListCrossValidationsResponse(
            cross_validations=map(cross_validation_to_proto, found), next_page_token=token
        )

    async def DeleteCrossValidation(self, request: wire.DeleteCrossValidationRequest, context: Any) -> Empty:
        """Delete a cross-validation."""
        await asyncio.to_thread(self._cross_validations.delete, _cross_validation(request.name))
        return Empty()

    async def PreviewPriors(
        self, request: wire.PreviewPriorsRequest, context: Any
    ) -> fitting_pb2.PriorPreview:
        """Say what priors imply."""
        dataset = parse_dataset_name(request.dataset, "dataset")
        require_workspace(dataset.client)
        config = config_from_proto(request.config)
        question = PreviewQuestion(dataset, config, request.draw_count, request.interval_probability)
        return preview_to_proto(await self._previews.preview(question))

    async def DownloadArtifact(
        self, request: wire.DownloadArtifactRequest, context: Any
    ) -> AsyncIterator[wire.DownloadArtifactResponse]:
        """Stream a stored file."""
        name = _fit(request.name)
        chunks = await asyncio.to_thread(self._fits.download, name, request.artifact_id)
        while chunk := await asyncio.to_thread(next, chunks, b""):
            yield wire.DownloadArtifactResponse(chunk=chunk)


def _workspace(parent: str) -> ClientName:
    name = ClientName.parse(parent)
    require_workspace(name.client)
    return name


def _model(text: str, field: str = "name") -> ModelName:
    name = ModelName.parse(text, field)
    require_workspace(name.client)
    return name


def _fit(text: str) -> FitName:
    name = FitName.parse(text)
    require_workspace(name.client)
    return name


def _cross_validation(text: str) -> CrossValidationName:
    name = CrossValidationName.parse(text)
    require_workspace(name.client)
    return name


def _draft(model: fitting_pb2.Model) -> ModelDraft:
    return ModelDraft(model.display_name, model.dataset, config_from_proto(model.config))
