"""Where nutpie cannot be imported, PyMC's own sampler fits and the result says so."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
sys.modules["nutpie"] = None  # importing it fails, as where it is not installed
from pathlib import Path
from mmm_fitting.pipeline import run_pipeline
from tests.simulation import MEDIA_ONLY, simulate

simulation = simulate(weeks=40, sampler={"chains": 1, "tune": 60, "draws": 60}, **MEDIA_ONLY)
reports = []
result = run_pipeline(
    simulation.config, simulation.table, Path(sys.argv[1]),
    report=lambda stage, chains: reports.extend(chains), is_cancelled=lambda: False,
)
assert result.sampler == "pymc", result.sampler
assert [finding.code for finding in result.findings] == ["FALLBACK_SAMPLER"]
assert reports[-1].finished_draws == reports[-1].total_draws == 120
print("fitted")
"""


def test_the_fallback_fits_and_says_so(tmp_path):
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": str(root)}

    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        env=environment,
        cwd=root,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("fitted")
