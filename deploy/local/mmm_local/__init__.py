"""The whole platform on one machine's loopback."""
