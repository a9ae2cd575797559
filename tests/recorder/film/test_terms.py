"""A server is back at once after a fall: it loads nothing that only films need."""

import subprocess
import sys


def test_whoever_has_films_made_loads_nothing_that_draws() -> None:
    script = "import sys, recorder.film.studio; print({'av', 'numpy', 'skia'} & {*sys.modules})"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout
    assert said == b"set()\n"
