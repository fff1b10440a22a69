"""Intervals hold the truth about as often as they say: a small simulation-based calibration.

The large one, with rank histograms, is the same script with more simulations.
"""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
SIMULATIONS = 10


@pytest.mark.timeout(600)
def test_intervals_hold_the_truth_of_simulated_kpis(tmp_path):
    output = tmp_path / "ranks.json"
    script = ROOT / "benchmarks" / "recovery" / "calibration.py"
    subprocess.run(
        [sys.executable, script, "--simulations", str(SIMULATIONS), "--output", output], check=True, cwd=ROOT
    )

    report = json.loads(output.read_text())
    for quantity in ("ROI", "marginal ROI"):
        places = np.array(
            [ranks for name, ranks in report["ranks"].items() if name.startswith(f"{quantity},")]
        )
        share = (places + 0.5) / (report["kept_draws"] + 1)
        assert share.size == 2 * SIMULATIONS
        # Of 20 intervals 18 hold the truth on average, and 10 ranks are in the middle half. What is refused
        # comes by chance about once in a thousand times.
        assert np.mean(np.abs(share - 0.5) < 0.45) >= 0.65
        assert np.mean(np.abs(share - 0.5) < 0.25) <= 0.85
        assert abs(share.mean() - 0.5) < 0.2
