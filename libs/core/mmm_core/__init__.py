"""Configuration, definitions and typed errors of MMM Platform."""
