"""The public client: everything an analyst does, on objects instead of calls."""

from mmm_client.cross_validations import CrossValidationMethods
from mmm_client.datasets import DatasetMethods
from mmm_client.exports import ExportMethods
from mmm_client.fits import FitMethods
from mmm_client.overviews import OverviewMethods
from mmm_client.plans import PlanMethods
from mmm_client.results import ResultMethods
from mmm_client.scenarios import ScenarioMethods


class Client(
    DatasetMethods,
    FitMethods,
    CrossValidationMethods,
    ResultMethods,
    OverviewMethods,
    ExportMethods,
    PlanMethods,
    ScenarioMethods,
):
    """A connection to MMM Platform on behalf of one workspace; safe to share between threads.

    Methods take and return the contract's messages, address resources by name, raise
    `mmm_client.errors.ApiError`, and repeat by themselves what is safe to repeat when the server is away
    for a moment.

    Parameters
    ----------
    address : str
        ``host:port`` of the gateway, optionally with ``http://`` or ``https://``. Without a scheme,
        loopback is spoken to in plain text and everything else encrypted.
    token : str
        Bearer token.
    workspace : str
        Last part of ``clients/{client}``.
    ca_file : Path, optional
        PEM file of the authorities that sign the gateway's certificate.

    Examples
    --------
    >>> with Client("127.0.0.1:7400", token) as client:  # doctest: +SKIP
    ...     dataset = client.upload(Path("weekly.csv"))
    ...     model = client.create_model(dataset.name, load_config_file(Path("model.yaml")))
    ...     fit = client.start_fit(model.name)
    ...     for snapshot in client.watch_fit(fit.name):
    ...         print(snapshot.progress.stage)
    """
