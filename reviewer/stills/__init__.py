"""Images: take in, thumbnail, rights metadata, derive for publishing."""
