"""Gateway: the one public, authenticated door."""
