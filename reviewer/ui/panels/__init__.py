"""The columns beside the text: library, review, film, stills, check."""
