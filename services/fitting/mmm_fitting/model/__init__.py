"""From a configuration and data to a pymc-marketing model. Imported by the fitting worker only."""
