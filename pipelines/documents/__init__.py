"""A file becomes a Document: its text, its lines and the grids its own format draws."""
