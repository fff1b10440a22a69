"""The process that fits one model: ``python -m mmm_fitting.worker --fit NAME --attempt N``.

It reads the fit's record and table, runs the pipeline, stores the files and, last, the outcome that names
them. SIGTERM stops it in order: the sampler is ended and the run says that it was interrupted.
"""

import argparse
import logging
import signal
import tempfile
import threading
from pathlib import Path

import pandas as pd

from mmm_core.errors import MmmError, NotFound
from mmm_core.names import FitName
from mmm_core.records import (
    ArtifactRecord,
    FitError,
    FitRecord,
    FitResult,
    FitStage,
    FitState,
    Outcome,
    fit_artifact_key,
    now,
)
from mmm_fitting.records import read_fit
from mmm_fitting.run_log import RunLog, patiently
from mmm_service.server import configure_logging
from mmm_store.s3 import S3Store
from mmm_store.settings import S3Settings
from mmm_store.store import Store

log = logging.getLogger(__name__)


def main() -> None:
    """Run the worker."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", required=True, type=FitName.parse)
    parser.add_argument("--attempt", required=True, type=int)
    arguments = parser.parse_args()
    configure_logging()
    for library in ("pytensor", "arviz"):
        logging.getLogger(library).setLevel(logging.WARNING)
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    work(S3Store(S3Settings()), arguments.fit, arguments.attempt, stopped)


def work(store: Store, name: FitName, attempt: int, stopped: threading.Event) -> None:
    """Fit, and write down how it ended."""
    record, _ = patiently(lambda: read_fit(store, name))
    with RunLog(store, name, attempt, stopped) as run_log, tempfile.TemporaryDirectory() as folder:
        run_log.end(_outcome(store, record, run_log, Path(folder), stopped))


def _outcome(
    store: Store, record: FitRecord, run_log: RunLog, folder: Path, stopped: threading.Event
) -> Outcome | None:
    """Fit; None when the worker was told to stop."""
    # Importing the modelling libraries takes seconds; the run is on record by now.
    from mmm_fitting.pipeline import FitCancelled  # noqa: PLC0415

    try:
        result = _fit(store, record, run_log, folder, stopped)
    except FitCancelled:
        return None
    except NotFound:
        return _failed("DATASET_GONE", "The dataset was deleted before the fit could read it.")
    except MmmError as error:
        return _failed(error.reason, error.message)
    except Exception:
        # The text of an unexpected error may say anything; it is for the log.
        log.exception("fit %s failed", record.name)
        return _failed("FIT_FAILED", "The fit failed unexpectedly; the cause is in the worker's log.")
    return Outcome(state=FitState.SUCCEEDED, end_time=now(), result=result)


def _fit(
    store: Store, record: FitRecord, run_log: RunLog, folder: Path, stopped: threading.Event
) -> FitResult:
    from mmm_fitting.pipeline import run_pipeline  # noqa: PLC0415

    table = folder / "table.parquet"
    patiently(lambda: store.fetch_artifact(record.table.key, table))
    outputs = folder / "outputs"
    outputs.mkdir()
    fitted = run_pipeline(
        record.config,
        pd.read_parquet(table),
        outputs,
        holdout=record.holdout,
        report=run_log.report,
        is_cancelled=stopped.is_set,
    )
    run_log.report(FitStage.STORING, ())
    return FitResult(
        convergence=fitted.convergence,
        in_sample_fit=fitted.in_sample_fit,
        stage_seconds=fitted.stage_seconds,
        sampler=fitted.sampler,
        library_versions=fitted.library_versions,
        artifacts=tuple(_stored(store, record, run_log.attempt, *file) for file in fitted.files.items()),
        findings=fitted.findings,
        holdout=fitted.holdout,
    )


def _stored(store: Store, record: FitRecord, attempt: int, artifact_id: str, path: Path) -> ArtifactRecord:
    """Store a file, waiting for the object storage when it is away."""
    key = fit_artifact_key(FitName.parse(record.name), attempt, artifact_id)
    info = patiently(lambda: store.put_artifact(key, path))
    return ArtifactRecord(
        artifact_id=artifact_id, key=info.key, size_bytes=info.size_bytes, sha256=info.sha256
    )


def _failed(reason: str, message: str) -> Outcome:
    return Outcome(state=FitState.FAILED, end_time=now(), error=FitError(reason=reason, message=message))


if __name__ == "__main__":
    main()
