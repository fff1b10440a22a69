"""What can go wrong with the embedded stack."""


class LocalStackError(Exception):
    """The embedded stack cannot do what was asked; the message says why and what to do."""
