"""The Django application of the Viewflow peer."""
