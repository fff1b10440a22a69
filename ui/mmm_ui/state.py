"""What the session remembers between pages: the chosen dataset, configuration and fit, and answers read.

Answers about a finished fit never change, so they are kept for the session, by fit and question. They are
kept in the session and not in a cache of the server, which other users share.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from mmm.common.v1.common_pb2 import Finding
from mmm.data.v1.data_pb2 import Dataset
from mmm.fitting.v1.fitting_pb2 import FIT_STATE_SUCCEEDED, CrossValidation, Fit, Model
from mmm.optimizer.v1.optimizer_service_pb2 import Scenario
from mmm_ui.access import client

type Resource = Dataset | Model | Fit | CrossValidation | Scenario

_DATASET = "chosen_dataset"
_MODEL = "chosen_model"
_FIT = "chosen_fit"
_SCENARIO = "chosen_scenario"
_CONFIG_TEXT = "config_text"
_FINDINGS = "findings"
_ANSWERS = "answers"
_ANSWERS_LIMIT = 64
_PAGES = "pages"
# As many as the platform compares or combines in one answer.
MOST_FITS = 10


def remember_pages(pages: Iterable[StreamlitPage]) -> None:
    """Keep the pages of this run, so that one can lead to another."""
    st.session_state[_PAGES] = {page.title: page for page in pages}


def go_to(title: str) -> None:
    """Show another page."""
    st.switch_page(st.session_state[_PAGES][title])


def choose_dataset(label: str = "Dataset", key: str = _DATASET) -> Dataset | None:
    """Let the user pick a dataset and a version of it; None when there is none.

    What comes back bears the name of the version, so nothing that is remembered by it goes stale. The choice
    is remembered under `key`.
    """
    datasets = {dataset.name: dataset for dataset in newest_first(client().list_datasets())}
    if not datasets:
        return None
    name = _pick(label, key, {n: f"{d.display_name} · {d.row_count} rows" for n, d in datasets.items()})
    return _choose_version(name, _version_key(key))


def _version_key(dataset_key: str) -> str:
    return f"{dataset_key}_version"


def _choose_version(dataset: str, key: str) -> Dataset:
    versions = {version.name: version for version in client().list_dataset_versions(dataset)}
    if len(versions) == 1:
        return next(iter(versions.values()))
    labels = {name: f"{one.version} · {made(one)} · {one.row_count} rows" for name, one in versions.items()}
    return versions[_pick("Version", key, labels)]


def remember_dataset(name: str) -> None:
    """Make a dataset, in its newest version, the chosen one."""
    st.session_state[_DATASET] = name
    st.session_state.pop(_version_key(_DATASET), None)


def choose_fit(*, finished_only: bool) -> Fit | None:
    """Let the user pick a fit, newest first; None when there is none."""
    fits = {fit.name: fit for fit in fits_newest_first(finished_only=finished_only)}
    if not fits:
        return None
    return fits[_pick("Fit", _FIT, {name: label_of(fit) for name, fit in fits.items()})]


def choose_fits(label: str) -> dict[str, str] | None:
    """Let the user pick up to ten finished fits; None when there is none.

    Gives how each is called, by its name, in the order of the choice, numbered by it.
    """
    fits = {fit.name: fit for fit in fits_newest_first(finished_only=True)}
    if not fits:
        return None
    labels = distinct({name: label_of(fit) for name, fit in fits.items()})
    names = list(labels)
    chosen = st.multiselect(
        label, names, default=names[:2], max_selections=MOST_FITS, format_func=labels.__getitem__
    )
    return {name: f"{number} · {labels[name]}" for number, name in enumerate(chosen, start=1)}


def distinct(labels: Mapping[str, str]) -> dict[str, str]:
    """Tell resources of one label apart by the last part of their names.

    Streamlit takes the first of two options that read the same, whichever was picked.
    """
    counts = Counter(labels.values())
    return {
        name: label if counts[label] == 1 else f"{label} · {name.rpartition('/')[2]}"
        for name, label in labels.items()
    }


def _pick(label: str, key: str, labels: dict[str, str]) -> str:
    """Let the user pick a resource by name, beginning with the one chosen last.

    Streamlit keeps the option that was picked, so options are names: a message would be kept as it was then.
    """
    names = list(labels)
    chosen = st.session_state.get(key)
    index = names.index(chosen) if chosen in labels else 0
    name = st.selectbox(label, names, index=index, format_func=distinct(labels).__getitem__)
    st.session_state[key] = name
    return name


def choose_scenario(labels: dict[str, str]) -> str:
    """Let the user pick a scenario by its resource name; `labels` says how each is called."""
    return _pick("Scenario", _SCENARIO, labels)


def choose_model() -> Model | None:
    """Let the user pick a model, newest first; None when there is none."""
    models = {model.name: model for model in newest_first(client().list_models())}
    if not models:
        return None
    return models[_pick("Model", _MODEL, {name: label_of(model) for name, model in models.items()})]


def fits_newest_first(*, finished_only: bool) -> list[Fit]:
    """Fits of the workspace, newest first; those that are folds of a cross-validation are shown with it."""
    return newest_first(
        fit
        for fit in client().list_fits()
        if not fit.cross_validation and (fit.state == FIT_STATE_SUCCEEDED or not finished_only)
    )


def newest_first[T: Resource](resources: Iterable[T]) -> list[T]:
    """Order resources by when they were made."""
    return sorted(resources, key=lambda one: (one.create_time.seconds, one.create_time.nanos), reverse=True)


def made(resource: Resource) -> str:
    """When a resource was made, to the minute."""
    return f"{resource.create_time.ToDatetime():%Y-%m-%d %H:%M}"


def label_of(resource: Fit | Model) -> str:
    """How a fit or a model is called in lists."""
    return f"{resource.display_name or resource.name.rsplit('/', 1)[-1]} · {made(resource)}"


def remember_fit(name: str) -> None:
    """Make a fit the chosen one."""
    st.session_state[_FIT] = name


def config_text() -> str:
    """Return the configuration being edited, as YAML."""
    return cast(str, st.session_state.get(_CONFIG_TEXT, ""))


def remember_config_text(text: str) -> None:
    """Keep the configuration being edited."""
    st.session_state[_CONFIG_TEXT] = text


def remember_findings(question: tuple[str, str], findings: list[Finding]) -> None:
    """Keep what validation said of a dataset (by name) under a configuration (its text)."""
    st.session_state[_FINDINGS] = (question, findings)


def findings_of(question: tuple[str, str]) -> list[Finding] | None:
    """Return what validation said last, None when it was asked about something else."""
    asked, findings = st.session_state.get(_FINDINGS, (None, None))
    return cast(list[Finding], findings) if asked == question else None


def answer[T](key: tuple[object, ...], ask: Callable[[], T]) -> T:
    """Return the remembered answer to a question about a finished fit, or ask it."""
    answers: dict[tuple[object, ...], Any] = st.session_state.setdefault(_ANSWERS, {})
    if key not in answers:
        if len(answers) >= _ANSWERS_LIMIT:
            answers.pop(next(iter(answers)))
        answers[key] = ask()
    return cast(T, answers[key])


def is_answered(key: tuple[object, ...]) -> bool:
    """Whether the answer to a question is remembered."""
    return key in st.session_state.get(_ANSWERS, {})
