"""Analysis service: contributions, returns and diagnostics."""
