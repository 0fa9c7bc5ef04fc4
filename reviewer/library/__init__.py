"""Reviews on disk: read, save, recover, list, watch."""
