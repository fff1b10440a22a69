"""Cross-validations of models."""

from collections.abc import Iterable, Iterator

from mmm.fitting.v1.fitting_pb2 import CrossValidation
from mmm.fitting.v1.fitting_service_pb2 import (
    CreateCrossValidationRequest,
    DeleteCrossValidationRequest,
    GetCrossValidationRequest,
    ListCrossValidationsRequest,
)
from mmm_client.session import COMPUTE_SECONDS, PAGE_SIZE, Session, new_request_id


class CrossValidationMethods(Session):
    """Calls of the fitting service about cross-validations."""

    def start_cross_validation(
        self,
        model_name: str,
        *,
        fold_count: int,
        horizon_periods: int,
        display_name: str = "",
        acknowledged_warnings: Iterable[str] = (),
    ) -> CrossValidation:
        """Accept a time-slice cross-validation and return at once.

        Every fold is a fit on the data before a window of periods, which it has to foretell.
        `get_cross_validation` says where it stands; its folds can be watched like any fit.

        Parameters
        ----------
        model_name : str
            Resource name of the model.
        fold_count : int
            Number of folds, 2 to 20.
        horizon_periods : int
            Periods in each window; all windows together at most half of the data.
        display_name : str
            How people call it. Default: as the model.
        acknowledged_warnings : iterable of str
            Codes of the warnings of `validate` that you have read and accept.

        Raises
        ------
        ApiError
            `InvalidRequest` with every error of the data of a fold; `FailedPrecondition` with every warning
            that was not acknowledged.
        """
        wanted = CrossValidation(
            display_name=display_name, fold_count=fold_count, horizon_periods=horizon_periods
        )
        request = CreateCrossValidationRequest(
            parent=model_name,
            cross_validation=wanted,
            request_id=new_request_id(),
            acknowledged_warnings=acknowledged_warnings,
        )
        return self._call(self.fitting.CreateCrossValidation, request, COMPUTE_SECONDS)

    def get_cross_validation(self, name: str) -> CrossValidation:
        """Read the cross-validation `name` as it stands."""
        return self._call(self.fitting.GetCrossValidation, GetCrossValidationRequest(name=name))

    def list_cross_validations(self, model_name: str) -> Iterator[CrossValidation]:
        """Cross-validations of a model by name, fetched page by page."""
        return self._pages(
            self.fitting.ListCrossValidations,
            lambda token: ListCrossValidationsRequest(
                parent=model_name, page_size=PAGE_SIZE, page_token=token
            ),
            "cross_validations",
        )

    def delete_cross_validation(self, name: str) -> None:
        """Delete a cross-validation whose folds have ended, with its fits."""
        self._call(self.fitting.DeleteCrossValidation, DeleteCrossValidationRequest(name=name))
