"""Python client and command line of MMM Platform."""

from mmm_client.client import Client
from mmm_client.errors import ApiError

__all__ = ["ApiError", "Client"]
