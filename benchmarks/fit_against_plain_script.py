"""The example's fit against a short pymc-marketing script on the same data, in one run.

Both start from an empty compile cache of their own, then run again with what was compiled:
``python benchmarks/fit_against_plain_script.py``. The fit's total is what a caller of the platform waits for,
imports and storage included; the script's is its whole process.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import mmm_local
from mmm.fitting.v1.fitting_pb2 import Fit, FitStage
from mmm_client import Client
from mmm_core.config import load_config_file

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "dt_simulated_weekly"
DATA, CONFIG = EXAMPLE / "dt_simulated_weekly.csv", EXAMPLE / "config.yaml"
KNOWN_WARNINGS = ["EXPOSURE_WITHOUT_SPEND"]

type Figures = dict[str, float]


def platform_figures(client: Client, model: str) -> Figures:
    """Fit through the platform and read its figures."""
    begun = time.perf_counter()
    started = client.start_fit(model, acknowledged_warnings=KNOWN_WARNINGS)
    fit: Fit = list(client.watch_fit(started.name))[-1]
    total = time.perf_counter() - begun
    seconds = {FitStage.Name(entry.stage): entry.seconds for entry in fit.result.stage_times}
    convergence = fit.result.convergence
    return {
        "total_seconds": total,
        "compile_seconds": seconds["FIT_STAGE_COMPILING"],
        "sampling_seconds": seconds["FIT_STAGE_SAMPLING"],
        "min_ess_bulk": convergence.min_ess_bulk,
        "max_r_hat": convergence.max_r_hat,
        "divergences": convergence.divergences,
        "draws": convergence.chains * convergence.draws,
        "stored_megabytes": sum(a.size_bytes for a in fit.result.artifacts) / 1e6,
    }


def script_figures(folder: Path) -> Figures:
    """Run the script and read its figures."""
    environment = os.environ | {"PYTENSOR_FLAGS": f"base_compiledir={folder / 'compiled'}"}
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "plain_script.py"), str(DATA), str(folder / "model.nc")],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    figures: Figures = json.loads(done.stdout.strip().splitlines()[-1])
    return {"total_seconds": time.perf_counter() - begun, **figures}


def main() -> None:
    """Measure both, cold and warm, and print the table."""
    with tempfile.TemporaryDirectory(prefix="mmm-") as name:
        folder = Path(name)
        columns: dict[str, Figures] = {}
        stack = mmm_local.start(folder / "stack", with_ui=False)
        try:
            with Client(stack.address, stack.token) as client:
                dataset = client.upload(DATA)
                model = client.create_model(dataset.name, load_config_file(CONFIG)).name
                for state in ("cold", "warm"):
                    columns[f"platform, {state}"] = platform_figures(client, model)
        finally:
            mmm_local.stop(folder / "stack")
        for state in ("cold", "warm"):
            columns[f"script, {state}"] = script_figures(folder)
    print_table(columns)


def print_table(columns: dict[str, Figures]) -> None:
    """Print figures side by side, then the ratio of the warm totals."""
    names = list(dict.fromkeys(name for figures in columns.values() for name in figures))
    print(f"{'':18}" + "".join(f"{title:>18}" for title in columns))
    for name in names:
        cells = (f"{figures[name]:18.4g}" if name in figures else f"{'':>18}" for figures in columns.values())
        print(f"{name:18}" + "".join(cells))
    for state in ("cold", "warm"):
        ratio = columns[f"platform, {state}"]["total_seconds"] / columns[f"script, {state}"]["total_seconds"]
        print(f"total, {state}: platform / script = {ratio:.2f}")


if __name__ == "__main__":
    main()
