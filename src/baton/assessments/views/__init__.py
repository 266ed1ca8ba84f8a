"""HTTP in, HTTP out: the pages of assessments and scores."""
