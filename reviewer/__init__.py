"""Reviewer: a desktop editor for people who write about films."""

__version__ = "0.6.0.dev0"
