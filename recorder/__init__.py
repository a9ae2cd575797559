"""The recording of a lesson and its replay."""
