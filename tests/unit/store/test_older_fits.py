"""A fit that an earlier version stored: files, record and the figures it is held against are of then."""

import json
from pathlib import Path

import numpy as np
import pytest

from mmm_analysis.health import health
from mmm_analysis.signals import signal_effects
from mmm_core.errors import FailedPrecondition
from mmm_core.names import FitName
from mmm_core.quantities import expected_kpi, whole, window_spend
from mmm_core.records import fit_artifact_key, fit_key
from mmm_core.response import incremental_outcome, marginal_outcome, response
from mmm_store.cache import ArtifactCache
from mmm_store.fits import FitReader
from mmm_store.memory import MemoryStore

STORED = Path(__file__).parent / "fit_of_version_1"
NAME = FitName("acme", "sales", "v1")


@pytest.fixture
def reader(tmp_path):
    store = MemoryStore()
    for file in STORED.iterdir():
        if file.name not in {"fit.json", "analysis.json"}:
            store.put_artifact(fit_artifact_key(NAME, 1, file.name), file)
    store.create_record(fit_key(NAME), json.loads((STORED / "fit.json").read_text()))
    return FitReader(store, ArtifactCache(store, tmp_path))


def test_a_fit_of_version_1_gives_the_figures_it_gave_then(reader):
    then = json.loads((STORED / "analysis.json").read_text())

    fit = reader.load(NAME)

    window, multipliers = whole(fit), np.array([0.5, 1.5])
    now = {
        "incremental_outcome": incremental_outcome(fit, window).mean(axis=0),
        "spend": window_spend(fit, window),
        "expected_kpi": expected_kpi(fit).sum(axis=1).mean(),
        "response": response(fit, window, multipliers).mean(axis=1),
        "marginal_outcome": marginal_outcome(fit, window, multipliers).mean(axis=1),
        "effect": fit.effect.mean(axis=0),
    }
    for quantity, values in now.items():
        np.testing.assert_allclose(values, then[quantity], rtol=1e-6, err_msg=quantity)
    components = {term.name: term.draws.sum() for term in fit.components}
    assert components == pytest.approx(then["components"], rel=1e-6, abs=1)


def test_a_fit_of_version_1_has_a_health_report_and_says_what_it_lacks(reader):
    report = health(reader, reader.stored(NAME), 0.9)

    assert report.loo is not None
    assert report.loo.observations == 60, "computed anew, as it was not stored then"
    assert {check.code for check in report.checks} >= {"R_HAT", "E_BFMI"}
    with pytest.raises(FailedPrecondition, match="Fit again"):
        signal_effects(reader.load(NAME), 0.9)
