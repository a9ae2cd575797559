"""Hypothesis judges what comes out, not how long a busy machine took for it."""

from hypothesis import settings

settings.register_profile("classroom", deadline=None)
settings.load_profile("classroom")
