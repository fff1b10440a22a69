"""Fitting service: models, fits and the worker that samples them."""
