"""A Document becomes tables: grids of cells with their title and unit."""
