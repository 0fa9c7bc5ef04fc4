"""The writing surface and its behaviours."""
