"""The truth of simulated data as plain dictionaries, to be written as JSON."""

from dataclasses import asdict
from typing import Any

import numpy as np

from mmm_core.model_data import cell_label
from mmm_core.simulation.generate import SimulatedData, expected_by_cell
from mmm_core.simulation.truth import MediumTruth, TermTruth, media_truth, term_truth


def truth_report(data: SimulatedData) -> dict[str, Any]:
    """Everything true about simulated data, with the design and seed that make them again.

    Units are those of `mmm_core.simulation.truth`; what does not exist is None.
    """
    media, tests = data.truth.config.media, data.config.lift_tests
    expected = expected_by_cell(data.truth)
    return {
        "seed": data.seed,
        "kpi": {
            "kind": data.config.kpi.kind,
            "currency": data.config.kpi.currency,
            "unit_value": data.truth.unit_value,
            "expected": float(expected.sum()),
            "observed": float(data.truth.kpi.sum()),
            "noise_sd": float(np.std(data.truth.kpi - expected)),
        },
        "media": [_medium(medium) for medium in media_truth(data.truth)],
        "effects": {
            medium.name: float(effect) for medium, effect in zip(media, data.truth.effect[0], strict=True)
        },
        "components": [_term(term) for term in term_truth(data.truth)],
        "lift_tests": [
            {**test.model_dump(mode="json"), "true_lift": lift}
            for test, lift in zip(tests, data.true_lifts, strict=True)
        ],
        "design": data.design.model_dump(mode="json"),
    }


def _medium(medium: MediumTruth) -> dict[str, Any]:
    return {**asdict(medium), "kind": str(medium.kind)}


def _term(term: TermTruth) -> dict[str, Any]:
    by_cell = {cell_label(cell): value for cell, value in term.by_cell.items() if cell}
    return {**asdict(term), "kind": str(term.kind), "by_cell": by_cell}
