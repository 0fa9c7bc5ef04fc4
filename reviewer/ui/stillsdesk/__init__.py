"""The stills of the whole library on one desk: grid, table, facets, records, the large view."""
