"""The meter reads what a process has spent, its own threads and those that ended."""

import os
import threading
import time

import pytest

from synclass.cli.benches.meter import cpu_seconds, resident_kb


def burn() -> None:
    began = time.thread_time()
    while time.thread_time() < began + 0.1:
        pass


def test_the_time_of_a_thread_that_has_ended_is_not_forgotten() -> None:
    before = cpu_seconds([os.getpid()])
    thread = threading.Thread(target=burn)
    thread.start()
    thread.join()
    assert 0.1 <= cpu_seconds([os.getpid()]) - before < 2.0


def test_memory_is_counted_in_kilobytes_and_over_all_processes() -> None:
    assert resident_kb([os.getpid()]) > 10_000
    assert resident_kb([os.getpid(), os.getppid()]) > resident_kb([os.getppid()])


def test_who_is_not_there_has_no_clock() -> None:
    with pytest.raises(ProcessLookupError):
        cpu_seconds([2**22 + 1])
