"""The peer: the example's data in a short pymc-marketing script with the library's defaults."""

import argparse
import json
import time
from pathlib import Path

begun = time.perf_counter()

import arviz as az  # noqa: E402 - importing is part of what is measured
import pandas as pd  # noqa: E402
from pymc_marketing.mmm import GeometricAdstock, LogisticSaturation  # noqa: E402
from pymc_marketing.mmm.mmm import MMM  # noqa: E402

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("data", type=Path)
parser.add_argument("output", type=Path)
arguments = parser.parse_args()
imported = time.perf_counter()

data = pd.read_csv(arguments.data, parse_dates=["DATE"])
events = pd.get_dummies(data["events"], dtype=float).drop(columns="na")
data = pd.concat([data.drop(columns="events"), events], axis=1)
data["t"] = range(len(data))
controls = ["competitor_sales_B", "holiday_week", "t", *events.columns]
data[controls] = data[controls] / data[controls].max()
mmm = MMM(
    date_column="DATE",
    channel_columns=["tv_S", "ooh_S", "print_S", "facebook_I", "search_clicks_P", "newsletter"],
    control_columns=controls,
    target_column="revenue",
    adstock=GeometricAdstock(l_max=9),
    saturation=LogisticSaturation(),
    yearly_seasonality=3,
)
mmm.fit(data.drop(columns="revenue"), data["revenue"], random_seed=1, progressbar=False)
fitted = time.perf_counter()

mmm.save(str(arguments.output))
summary = az.summary(mmm.idata, var_names=[v.name for v in mmm.model.free_RVs], round_to="none")
figures = {
    "import_seconds": imported - begun,
    "fit_seconds": fitted - imported,
    "min_ess_bulk": float(summary["ess_bulk"].min()),
    "max_r_hat": float(summary["r_hat"].max()),
    "divergences": int(mmm.idata["sample_stats"]["diverging"].sum()),
    "draws": int(mmm.idata["posterior"].sizes["chain"] * mmm.idata["posterior"].sizes["draw"]),
    "stored_megabytes": arguments.output.stat().st_size / 1e6,
}
print(json.dumps(figures))
