"""Builds the forwarding plane in C where there is a compiler; where not, the Python one serves."""

from pathlib import Path

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "signaling.sfu._plane",
            ["signaling/sfu/_plane.c"],
            depends=[str(path) for path in Path("signaling/sfu/native").glob("*.h")],
            extra_compile_args=["-O2", "-Wall", "-Wextra"],
            py_limited_api=True,
            optional=True,
        )
    ]
)
