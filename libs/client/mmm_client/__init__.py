"""Python client and command line of MMM Platform."""
