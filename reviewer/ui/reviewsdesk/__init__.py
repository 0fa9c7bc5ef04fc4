"""The reviews of the whole library: searched, narrowed, seen in five ways, several changed at once."""
