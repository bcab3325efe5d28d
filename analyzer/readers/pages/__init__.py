"""Pages → `Document`: text in reading order, tables as grids joined over pages, what belongs to the page left out."""
