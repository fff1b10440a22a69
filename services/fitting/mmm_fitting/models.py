"""Use cases of models."""

from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from mmm_core.config import ModelConfig
from mmm_core.errors import AlreadyExists, Conflict, FailedPrecondition, InvalidInput, NotFound, Violation
from mmm_core.names import ClientName, ModelName, check_id, new_id, parse_dataset_name
from mmm_core.records import ModelRecord, model_key, now
from mmm_fitting.records import (
    CROSS_VALIDATION_FILE,
    FIT_FILE,
    MODEL_FILE,
    dump,
    list_names,
    read_dataset,
    read_model,
)
from mmm_store.store import Store


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A model and the etag that guards its next change."""

    record: ModelRecord
    etag: str


@dataclass(frozen=True, slots=True)
class ModelDraft:
    """What a caller says about a model.

    Attributes
    ----------
    display_name : str
        How people call it.
    dataset : str
        Name of a dataset, which means the version that is the newest when a fit is made, or of a version.
    config : ModelConfig
        What its columns are.
    """

    display_name: str
    dataset: str
    config: ModelConfig


class Models:
    """Creates, reads, changes and deletes models.

    Parameters
    ----------
    store : Store
        Where they are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(self, parent: ClientName, model_id: str, draft: ModelDraft, request_id: str) -> StoredModel:
        """Store a model; a repeated request gets the first one's result.

        Raises
        ------
        InvalidInput
            For a bad id, or a dataset of another workspace.
        NotFound
            When the dataset, or the version of it, does not exist.
        AlreadyExists
            When the id is taken.
        """
        name = ModelName(parent.client, check_id(model_id or new_id("model", request_id), "model_id"))
        self._check_dataset(name, draft.dataset)
        moment = now()
        record = ModelRecord(
            name=str(name),
            display_name=draft.display_name or name.model,
            dataset=draft.dataset,
            config=draft.config,
            create_time=moment,
            update_time=moment,
            request_id=request_id,
        )
        try:
            return StoredModel(record, self._store.create_record(model_key(name), dump(record)).etag)
        except Conflict:
            existing = self.get(name)
            if request_id and existing.record.request_id == request_id:
                return existing
            raise AlreadyExists("model", str(name)) from None

    def get(self, name: ModelName) -> StoredModel:
        """Read a model; raises `NotFound`."""
        return StoredModel(*read_model(self._store, name))

    def list(self, parent: ClientName, start_after: str, size: int) -> tuple[list[StoredModel], str]:
        """One page of models by name, and the token of the next page."""
        prefix = f"{parent}/models/"
        names = list(islice(list_names(self._store, prefix, MODEL_FILE, start_after), size + 1))
        models = []
        for name in names[:size]:
            # One that was deleted since the names were listed is left out.
            with suppress(NotFound):
                models.append(self.get(ModelName.parse(name)))
        return models, names[size - 1] if len(names) > size else ""

    def update(self, name: ModelName, draft: ModelDraft, etag: str) -> StoredModel:
        """Replace a model.

        Raises
        ------
        NotFound
            When it, or its dataset, does not exist.
        Conflict
            When `etag` is given and not current, or somebody else was faster.
        """
        self._check_dataset(name, draft.dataset)
        current = self.get(name)
        _check_etag(current.etag, etag)
        record = current.record.model_copy(
            update={
                "display_name": draft.display_name or current.record.display_name,
                "dataset": draft.dataset,
                "config": draft.config,
                "update_time": now(),
            }
        )
        written = self._store.replace_record(model_key(name), dump(record), current.etag)
        return StoredModel(record, written.etag)

    def delete(self, name: ModelName, etag: str) -> None:
        """Delete a model that has no fits and no cross-validations.

        Raises
        ------
        NotFound
            When there is none.
        Conflict
            When `etag` is given and not current.
        FailedPrecondition
            While it has some.
        """
        current = self.get(name)
        _check_etag(current.etag, etag)
        if any(list_names(self._store, name, FIT_FILE, "")):
            problem = Violation("name", "has fits.", "Delete its fits first.", str(name), "MODEL_HAS_FITS")
            raise FailedPrecondition([problem], reason="MODEL_HAS_FITS")
        if left := list(list_names(self._store, name, CROSS_VALIDATION_FILE, "")):
            fix = "Delete its cross-validations first."
            problems = [
                Violation("name", "has a cross-validation.", fix, one, "MODEL_HAS_CROSS_VALIDATIONS")
                for one in left
            ]
            raise FailedPrecondition(problems, reason="MODEL_HAS_CROSS_VALIDATIONS")
        self._store.delete(model_key(name))

    def _check_dataset(self, model: ModelName, dataset: str) -> None:
        name = parse_dataset_name(dataset, "model.dataset")
        if name.client != model.client:
            fix = f"Use a dataset of clients/{model.client}."
            raise InvalidInput([Violation("model.dataset", "is in another workspace.", fix, dataset)])
        read_dataset(self._store, name)


def _check_etag(current: str, given: str) -> None:
    if given and given != current:
        raise Conflict("The model has changed since it was read; read it again.")
