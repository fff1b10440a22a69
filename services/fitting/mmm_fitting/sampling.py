"""Draw from a model's posterior, with live progress and cancellation.

nutpie does the sampling; where it cannot be imported, PyMC's own sampler does, and the result says so.
Only free parameters are drawn: everything else is a function of them.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pymc as pm
import xarray as xr
from pymc.model.transform.optimization import freeze_dims_and_data

from mmm_core.config import SamplerSettings
from mmm_core.config.sampler import Adaptation
from mmm_core.records import ChainProgress

type ProgressReport = Callable[[tuple[ChainProgress, ...]], None]

POLL_SECONDS = 0.2
# Up to here a low-rank mass matrix pays: a national model takes a sixth of the steps. With more parameters a
# step under it costs more than it saves, and with thousands its estimates from a few draws are mere noise.
LOW_RANK_PARAMETERS = 100
# nutpie's first estimates come from 10 draws. On simulated data they were so poor that in one run of ten to
# one of two warm-up crept along for hundreds of draws of a thousand steps; one of 60 chains never recovered.
LOW_RANK_SETTINGS = {"early_window_switch_freq": 40, "mass_matrix_gamma": 0.1}
SAMPLE_STATS = ("diverging", "energy", "logp", "step_size", "n_steps", "depth", "tree_depth")


class FitCancelled(Exception):
    """The fit was asked to end."""


@dataclass(frozen=True, slots=True)
class Draws:
    """Posterior draws.

    Attributes
    ----------
    posterior : Dataset
        Free parameters, dims ``chain, draw, …``.
    sample_stats : Dataset
        What diagnostics need of the sampler, dims ``chain, draw``.
    """

    posterior: xr.Dataset
    sample_stats: xr.Dataset


@dataclass(frozen=True, slots=True)
class NutpieSampler:
    """A model compiled for nutpie."""

    compiled: Any
    name: str = "nutpie"

    def sample(
        self,
        settings: SamplerSettings,
        seed: int,
        report: ProgressReport,
        is_cancelled: Callable[[], bool],
    ) -> Draws:
        """Draw; raises `FitCancelled`."""
        import nutpie  # noqa: PLC0415 - may be missing; see `prepare`

        sampler = nutpie.sample(
            self.compiled,
            draws=settings.draws,
            tune=settings.tune,
            chains=settings.chains,
            cores=min(settings.chains, available_cores()),
            seed=seed,
            target_accept=settings.target_accept,
            **adaptation_settings(settings.adaptation or default_adaptation(self.compiled.n_dim)),
            save_warmup=False,
            progress_bar=False,
            progress_callback=lambda chains: report(_nutpie_progress(chains)),
            progress_rate=int(POLL_SECONDS * 1000),
            blocking=False,
        )
        trace = None
        try:
            while trace is None:
                if is_cancelled():
                    raise FitCancelled
                try:
                    trace = sampler.wait(timeout=POLL_SECONDS)
                except TimeoutError:
                    continue
        finally:
            if trace is None:
                # Leaving the process with a live sampler crashes it.
                sampler.cancel()
        return _draws(trace)


@dataclass(frozen=True, slots=True)
class PymcSampler:
    """A model for PyMC's own sampler."""

    model: pm.Model
    name: str = "pymc"

    def sample(
        self,
        settings: SamplerSettings,
        seed: int,
        report: ProgressReport,
        is_cancelled: Callable[[], bool],
    ) -> Draws:
        """Draw; raises `FitCancelled`."""
        progress = _PymcProgress(settings, report)

        def on_draw(trace: Any, draw: Any) -> None:  # noqa: ARG001 - PyMC passes both by name
            if is_cancelled():
                # PyMC ends all chains in order on an interrupt and returns what it has.
                raise KeyboardInterrupt
            progress.update(draw)

        with self.model:
            trace = pm.sample(
                draws=settings.draws,
                tune=settings.tune,
                chains=settings.chains,
                cores=min(settings.chains, available_cores()),
                random_seed=seed,
                target_accept=settings.target_accept,
                nuts_sampler="pymc",
                progressbar=False,
                compute_convergence_checks=False,
                var_names=[variable.name for variable in self.model.free_RVs],
                callback=on_draw,
            )
        if is_cancelled():
            raise FitCancelled
        return _draws(trace)


type Sampler = NutpieSampler | PymcSampler


def prepare(model: pm.Model) -> Sampler:
    """Compile a model for nutpie, or hand it to PyMC's sampler where nutpie cannot be imported."""
    frozen = freeze_dims_and_data(model)
    try:
        import nutpie  # noqa: PLC0415 - the fallback needs the failure here
    except ImportError:
        return PymcSampler(frozen)
    names = [variable.name for variable in frozen.free_RVs]
    return NutpieSampler(nutpie.compile_pymc_model(frozen, var_names=names))


def default_adaptation(parameters: int) -> Adaptation:
    """How the shape of a posterior with this many free parameters is learnt."""
    return "low_rank" if parameters <= LOW_RANK_PARAMETERS else "diag"


def adaptation_settings(adaptation: Adaptation) -> dict[str, Any]:
    """Arguments for `nutpie.sample` that choose how the posterior's shape is learnt."""
    return {"adaptation": adaptation, **(LOW_RANK_SETTINGS if adaptation == "low_rank" else {})}


def available_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0))


def _draws(trace: Any) -> Draws:
    stats = trace["sample_stats"].to_dataset()
    return Draws(
        posterior=trace["posterior"].to_dataset(),
        sample_stats=stats[[name for name in SAMPLE_STATS if name in stats]],
    )


def _nutpie_progress(chains: Any) -> tuple[ChainProgress, ...]:
    return tuple(
        ChainProgress(
            chain=number,
            finished_draws=chain.finished_draws,
            total_draws=chain.total_draws,
            tuning=chain.tuning,
            divergences=chain.divergences,
            step_size=chain.step_size,
        )
        for number, chain in enumerate(chains)
    )


class _PymcProgress:
    """Counts PyMC's draws per chain and reports them."""

    def __init__(self, settings: SamplerSettings, report: ProgressReport) -> None:
        total = settings.tune + settings.draws
        self._chains = [
            ChainProgress(
                chain=number, finished_draws=0, total_draws=total, tuning=True, divergences=0, step_size=0.0
            )
            for number in range(settings.chains)
        ]
        self._report = report

    def update(self, draw: Any) -> None:
        """Take note of one draw."""
        before = self._chains[draw.chain]
        stats = draw.stats[0]
        self._chains[draw.chain] = before.model_copy(
            update={
                "finished_draws": before.finished_draws + 1,
                "tuning": draw.tuning,
                "divergences": before.divergences + int(bool(stats["diverging"]) and not draw.tuning),
                "step_size": float(stats["step_size"]),
            }
        )
        self._report(tuple(self._chains))
