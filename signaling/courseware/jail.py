"""What a converting process may do from now on: little, slowly, without a network or our files."""

import ctypes
import os
import resource
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

MEMORY = 2 * 1024 * 1024 * 1024  # bytes of address space: LibreOffice asks for 1.5 GB, uses 0.3
SECONDS = 120  # of CPU, each process
FILE = 512 * 1024 * 1024  # bytes of one file: a deck of photographs as PDF
TOOLS = ("pdftocairo", "soffice", "libreoffice")
NICE = 15  # a class beside it must not feel it

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000  # linux/sched.h
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38  # linux/prctl.h
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # linux/landlock.h, on every machine
_READ = 1 << 0 | 1 << 2 | 1 << 3  # execute, read a file, read a folder
_WRITE = 1 << 1 | 1 << 14  # write to a file, cut it
_TCP = 1 << 0 | 1 << 1  # bind, connect; since version 4
_VERSION, _BENEATH = 1, 1
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}  # over files, by Landlock's version; 16 since the fifth
_FOLDER_ONLY = ~(1 << 0 | 1 << 1 | 1 << 2 | 1 << 14)  # all but execute, write, read, truncate
_SYSTEM = (
    *("/usr", "/lib", "/lib64", "/bin", "/proc", "/sys/devices/system", "/dev/urandom"),
    *("/etc/fonts", "/etc/ld.so.cache", "/etc/alternatives", "/etc/libreoffice"),
    *("/etc/passwd", "/etc/localtime"),
)

_libc = ctypes.CDLL(None, use_errno=True)


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def enter(folder: Path) -> list[str]:
    """Give up everything but reading programs and writing in ``folder``; says what was refused.

    "network": it could still open connections; "files": it could still read ours.
    """
    for limit, most in _LIMITS.items():
        _, hard = resource.getrlimit(limit)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (least, least))
    os.nice(NICE)
    _libc.prctl(_PR_SET_PDEATHSIG, 9, 0, 0, 0)
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    cut = _leave_network()
    version = _libc.syscall(_CREATE_RULESET, None, 0, _VERSION)
    closed = version > 0 and _close_files(folder, version)
    refused = {"network": not cut and not (closed and version >= 4), "files": not closed}
    return [name for name, is_so in refused.items() if is_so]


_LIMITS = {
    resource.RLIMIT_AS: MEMORY,
    resource.RLIMIT_CPU: SECONDS,
    resource.RLIMIT_FSIZE: FILE,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: 256,
}


def _leave_network() -> bool:
    """A network of its own, in which there is nothing; as nobody where root is not needed."""
    if not hasattr(_libc, "unshare"):
        return False
    spaces = (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET)
    return any(_libc.unshare(space) == 0 for space in spaces)


def _close_files(folder: Path, version: int) -> bool:
    """Landlock: what is not named here cannot be opened any more, by us or our children."""
    every = (1 << _RIGHTS.get(version, 16)) - 1
    rules = _Ruleset(every, _TCP if version >= 4 else 0)
    size = ctypes.sizeof(rules) if version >= 4 else 8
    ruleset = _libc.syscall(_CREATE_RULESET, ctypes.byref(rules), size, 0)
    if ruleset < 0:
        return False
    _allow(ruleset, _readable(), _READ)
    _allow(ruleset, (folder,), every)
    _allow(ruleset, (Path("/dev/null"),), every & (_READ | _WRITE))
    done: bool = _libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0
    os.close(ruleset)
    return done


def _readable() -> Iterable[Path]:
    """Where programs, their libraries and their fonts are."""
    tools = [Path(found).resolve() for tool in TOOLS if (found := shutil.which(tool))]
    homes = [Path(name) for name in (*_SYSTEM, sys.prefix, sys.base_prefix)]
    homes += [tool.parent.parent for tool in tools]
    return [path for path in homes if path.exists()]


def _allow(ruleset: int, paths: Iterable[Path], rights: int) -> None:
    for path in paths:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rule = _Beneath(rights if path.is_dir() else rights & ~_FOLDER_ONLY, parent)
        _libc.syscall(_ADD_RULE, ruleset, _BENEATH, ctypes.byref(rule), 0)
        os.close(parent)
