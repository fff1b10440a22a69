"""Known ROAS behind a confounder, with and without lift tests.

The public data of pymc-marketing (``tests/public_data/mmm_roas_data.csv``) hold the KPI without each channel,
so the true ROAS is known: 93.4 and 171.4. An unobserved variable drives both the spend of the first channel
and the KPI; it is not given to the model. ``python benchmarks/roas_with_lift_tests.py`` fits once without and
once with lift tests of both channels (stopping it in some weeks, measured with 10 % error) and prints
the ROAS of both fits.
"""

import logging
import tempfile
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr
from rich.console import Console
from rich.table import Table

from mmm_core.config import ModelConfig, parse_config
from mmm_core.fitted import POSTERIOR_FILE
from mmm_fitting.pipeline import run_pipeline

DATA = Path(__file__).resolve().parent.parent / "tests" / "public_data" / "mmm_roas_data.csv"
WITHOUT = {"x1": "y01", "x2": "y02"}
TEST_STARTS, TEST_WEEKS, RELATIVE_ERROR = (20, 50, 80, 105), 6, 0.1


def lift_tests(table: pd.DataFrame) -> list[dict[str, object]]:
    """What stopping each channel for some weeks would have measured, with noise."""
    rng = np.random.default_rng(1)
    tests = []
    for channel, without in WITHOUT.items():
        for start in TEST_STARTS:
            weeks = table.iloc[start : start + TEST_WEEKS]
            lift = float((weeks["y"] - weeks[without]).sum())
            tests.append(
                {
                    "channel": channel,
                    "start": str(weeks["date"].iloc[0].date()),
                    "end": str(weeks["date"].iloc[-1].date()),
                    "spend_change": float(weeks[channel].sum()),
                    "lift": lift * (1 + RELATIVE_ERROR * rng.standard_normal()),
                    "standard_error": RELATIVE_ERROR * lift,
                }
            )
    return tests


def configuration(tests: list[dict[str, object]]) -> ModelConfig:
    """The same wide belief for both channels."""
    belief = {"low": 10, "mid": 100, "high": 1000}
    return parse_config(
        {
            "date_column": "date",
            "kpi": {"column": "y", "kind": "revenue"},
            "channels": [
                {"name": name, "spend_column": name, "roi_prior": belief, "adstock": {"max_lag": 8}}
                for name in WITHOUT
            ],
            "trend": {"changepoints": 3},
            "lift_tests": tests,
        }
    )


def roas(config: ModelConfig, table: pd.DataFrame) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """5, 50 and 95 % quantiles of the channels' ROAS, shape (3, C)."""
    with tempfile.TemporaryDirectory() as name:
        run_pipeline(config, table, Path(name), report=lambda *_: None, is_cancelled=lambda: False)
        path = Path(name) / POSTERIOR_FILE
        effect = xr.load_dataset(path, group="posterior", engine="h5netcdf")["channel_effect"]
    return effect.quantile([0.05, 0.5, 0.95], ("chain", "draw")).to_numpy()


def main() -> None:
    """Run both fits and print the table."""
    warnings.simplefilter("ignore")
    logging.disable(logging.INFO)
    table = pd.read_csv(DATA, parse_dates=["date"])
    truth = {
        name: (table["y"] - table[without]).sum() / table[name].sum() for name, without in WITHOUT.items()
    }
    shown = Table("fit", *(f"{name}, true {value:.1f}" for name, value in truth.items()))
    for label, tests in (("without lift tests", []), ("with lift tests", lift_tests(table))):
        lower, median, upper = roas(configuration(tests), table)
        figures = zip(lower, median, upper, strict=True)
        shown.add_row(label, *(f"{m:.0f} ({low:.0f} to {high:.0f})" for low, m, high in figures))
    Console(width=100).print(shown)


if __name__ == "__main__":
    main()
