"""Use case: what a configuration implies before any fit."""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from mmm_core.config import ModelConfig
from mmm_core.errors import InvalidInput, Unavailable, Violation
from mmm_core.names import DatasetName, DatasetVersionName
from mmm_core.validation import validate_table
from mmm_fitting.admission import refuse_errors
from mmm_fitting.preview_records import PreviewJob, PriorPreview
from mmm_fitting.records import read_dataset
from mmm_store.cache import ArtifactCache
from mmm_store.store import Store

PREVIEW_MODULE = "mmm_fitting.preview"
DEFAULT_DRAWS, MOST_DRAWS, FEWEST_DRAWS = 500, 2000, 50
DEFAULT_PROBABILITY = 0.9
TIMEOUT_SECONDS = 120.0
SEED = 1


@dataclass(frozen=True, slots=True)
class PreviewQuestion:
    """What is to be previewed; zeros mean the defaults."""

    dataset: DatasetName | DatasetVersionName
    config: ModelConfig
    draws: int = 0
    probability: float = 0.0


class Previews:
    """Previews priors in processes of their own.

    Parameters
    ----------
    store : Store
        Where datasets are.
    cache : ArtifactCache
        Where their tables are kept locally.
    environment : mapping
        Environment of the preview process.
    at_once : int
        Processes that may run at the same time; others wait.
    """

    def __init__(
        self, store: Store, cache: ArtifactCache, environment: Mapping[str, str], at_once: int = 1
    ) -> None:
        self._store, self._cache, self._environment = store, cache, dict(environment)
        self._free = asyncio.Semaphore(at_once)

    async def preview(self, question: PreviewQuestion) -> PriorPreview:
        """Draw from the prior.

        Raises
        ------
        NotFound
            When there is no such dataset, or version of it.
        InvalidInput
            For numbers out of range, and with every problem of the data that blocks a fit.
        Unavailable
            When the preview takes too long.
        """
        job = await asyncio.to_thread(self._job, question)
        async with self._free:
            return await self._run(job)

    def _job(self, question: PreviewQuestion) -> PreviewJob:
        _check_numbers(question)
        table = self._cache.path(read_dataset(self._store, question.dataset).table.key)
        refuse_errors(validate_table(pd.read_parquet(table), question.config))
        return PreviewJob(
            config=question.config,
            table=table,
            draws=question.draws or DEFAULT_DRAWS,
            seed=SEED,
            probability=question.probability or DEFAULT_PROBABILITY,
        )

    async def _run(self, job: PreviewJob) -> PriorPreview:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            PREVIEW_MODULE,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=self._environment,
        )
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                answer, _ = await process.communicate(job.model_dump_json().encode())
        except TimeoutError:
            raise Unavailable("The preview of the priors takes too long; try it with fewer draws.") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0:
            raise RuntimeError(f"the preview process ended with {process.returncode}")
        return PriorPreview.model_validate_json(answer)


def _check_numbers(question: PreviewQuestion) -> None:
    problems = []
    if question.draws and not FEWEST_DRAWS <= question.draws <= MOST_DRAWS:
        problems.append(
            Violation(
                "draw_count",
                "is out of range.",
                f"Use {FEWEST_DRAWS} to {MOST_DRAWS}, or 0 for {DEFAULT_DRAWS}.",
                str(question.draws),
                "OUT_OF_RANGE",
            )
        )
    if question.probability and not 0 < question.probability < 1:
        problems.append(
            Violation(
                "interval_probability",
                "is out of range.",
                f"Give a number above 0 and below 1, or 0 for {DEFAULT_PROBABILITY}.",
                str(question.probability),
                "OUT_OF_RANGE",
            )
        )
    if problems:
        raise InvalidInput(problems)
