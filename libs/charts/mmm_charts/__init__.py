"""Charts of results: answers of the analysis service as data frames, and pictures of these, in one hand."""
