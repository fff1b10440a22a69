"""Data service: datasets and their validation."""
