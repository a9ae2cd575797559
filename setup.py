"""Builds the forwarding plane in C where there is a compiler; where not, the Python one serves."""

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "signaling.sfu._plane",
            ["signaling/sfu/_plane.c"],
            extra_compile_args=["-O2", "-Wall", "-Wextra"],
            py_limited_api=True,
            optional=True,
        )
    ]
)
