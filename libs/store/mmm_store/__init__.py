"""Object storage: records, artifacts and a read cache."""
