"""Results as files to take away."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import tenacity
import urllib3

from mmm.analysis.v1.analysis_pb2 import ExportedFile, ExportFormat
from mmm.analysis.v1.analysis_service_pb2 import ExportResultsRequest, ExportResultsResponse
from mmm.common.v1.common_pb2 import DateRange
from mmm_client.fits import CorruptDownload
from mmm_client.results import ALL_CELLS, INTERVAL_PROBABILITY, cell_filters
from mmm_client.session import COMPUTE_SECONDS, Session

CHUNK_BYTES = 1 << 20
_TIMEOUT = urllib3.Timeout(connect=5, read=60)


class DownloadRefused(Exception):
    """A link does not give the file: it may have run out, or its address cannot be reached from here."""


class ExportMethods(Session):
    """Files of the analysis service; arguments are those of `mmm_client.results.ResultMethods`."""

    def export_results(
        self,
        fit: str,
        formats: Iterable[ExportFormat] = (),
        *,
        window: DateRange | None = None,
        cells: Mapping[str, Sequence[str]] = ALL_CELLS,
        hurdle: float | None = None,
        target_cost_per_unit: float | None = None,
        interval_probability: float = INTERVAL_PROBABILITY,
        link_seconds: int | None = None,
    ) -> Sequence[ExportedFile]:
        """Write everything about a fit into files, and link to them.

        Parameters
        ----------
        formats : iterable of ExportFormat, optional
            What to write. Default: every format.
        link_seconds : int, optional
            How long the links work, 60 to 86 400. Default: an hour. Whoever has a link can read its file.
        """
        request = ExportResultsRequest(
            fit=fit,
            formats=formats,
            window=window,
            cells=cell_filters(cells),
            hurdle=hurdle,
            target_cost_per_unit=target_cost_per_unit,
            interval_probability=interval_probability,
            link_seconds=link_seconds,
        )
        found: ExportResultsResponse = self._call(self.analysis.ExportResults, request, COMPUTE_SECONDS)
        return found.files

    def download_export(self, file: ExportedFile, path: Path) -> Path:
        """Download an exported file by its link; `path` appears only when it arrived whole.

        Raises
        ------
        DownloadRefused
            When the link does not give it.
        CorruptDownload
            When what arrived is not what was written.
        """
        partial = path.with_name(path.name + ".partial")
        try:
            if _fetch(file.url, partial) != file.sha256:
                raise CorruptDownload(
                    f"{file.file_name} arrived with another checksum than it was written with."
                )
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        return path


@tenacity.retry(
    retry=tenacity.retry_if_exception_type(DownloadRefused),
    wait=tenacity.wait_exponential_jitter(initial=0.2, max=2.0),
    stop=tenacity.stop_after_attempt(4),
    reraise=True,
)
def _fetch(url: str, target: Path) -> str:
    """Stream what a link gives into a file, and return its checksum.

    Errors and logs name the storage only: the link is a secret. So repetitions are not left to urllib3, which
    logs what it repeats.
    """
    digest, place = hashlib.sha256(), urlsplit(url).netloc
    try:
        with (
            urllib3.PoolManager(retries=False, timeout=_TIMEOUT) as pool,
            pool.request("GET", url, preload_content=False) as answer,
            target.open("wb") as file,
        ):
            if answer.status != HTTPStatus.OK:
                raise DownloadRefused(f"The storage at {place} refused the file ({answer.status}).")
            for chunk in answer.stream(CHUNK_BYTES):
                file.write(chunk)
                digest.update(chunk)
    except urllib3.exceptions.HTTPError:
        raise DownloadRefused(f"The storage at {place} does not answer.") from None
    return digest.hexdigest()
