"""Optimizer service: budget plans."""
