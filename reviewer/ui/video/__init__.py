"""Frames of a video: a process that decodes it, and the window's side of it."""
