"""The `mmm` command line."""

from mmm_client.cli.app import app

__all__ = ["app"]
