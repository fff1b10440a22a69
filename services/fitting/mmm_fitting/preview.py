"""The process that previews priors: ``python -m mmm_fitting.preview``, a job on stdin, the answer on stdout.

It keeps the modelling libraries out of the server process.
"""

import logging
import os
import sys

import pandas as pd

from mmm_fitting.preview_records import PreviewJob


def main() -> None:
    """Answer one job."""
    job = PreviewJob.model_validate_json(sys.stdin.buffer.read())
    # Libraries print to stdout; the answer must be all there is.
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    logging.basicConfig(level=logging.ERROR)
    # Importing the modelling libraries takes seconds, and a job that cannot be read needs none.
    from mmm_fitting.prior_preview import preview_priors  # noqa: PLC0415

    preview = preview_priors(job.config, pd.read_parquet(job.table), job.draws, job.seed, job.probability)
    with answer:
        answer.write(preview.model_dump_json())


if __name__ == "__main__":
    main()
