"""Runs a program with the system calls that the service's unit leaves it, and no others.

Usage: confined.py PROGRAM [ARGUMENT...]   systemd-analyze says what the groups of calls are
"""

import ctypes
import os
import re
import subprocess
import sys
from pathlib import Path

UNIT = Path(__file__).resolve().parents[2] / "packaging/terracat.service"
ALLOW, ERRNO = 0x7FFF0000, 0x00050000  # SCMP_ACT_ALLOW, SCMP_ACT_ERRNO(0)
EPERM = 1


def members(name):
    """The calls of a group, those of the groups within it included; a call is its own."""
    if not name.startswith("@"):
        return {name}
    printed = subprocess.run(["systemd-analyze", "syscall-filter", name], check=True, text=True,
                             capture_output=True).stdout
    words = [line.strip() for line in printed.splitlines()[1:]]
    return set().union(*(members(word) for word in words if word and not word.startswith("#")))


def left():
    """The calls of the lines `SystemCallFilter=`, one after the other."""
    out = set()
    for line in re.findall(r"^SystemCallFilter=(.*)$", UNIT.read_text(), re.M):
        named = set().union(*(members(name) for name in line.removeprefix("~").split()))
        out = out - named if line.startswith("~") else out | named
    return out


def confine():
    seccomp = ctypes.CDLL("libseccomp.so.2")
    seccomp.seccomp_init.restype = ctypes.c_void_p
    seccomp.seccomp_rule_add.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int,
                                         ctypes.c_uint]
    seccomp.seccomp_load.argtypes = [ctypes.c_void_p]
    filter_ = seccomp.seccomp_init(ctypes.c_uint32(ERRNO | EPERM))
    for name in left():
        number = seccomp.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:  # others are of other machines
            assert seccomp.seccomp_rule_add(filter_, ALLOW, number, 0) == 0, name
    assert seccomp.seccomp_load(filter_) == 0


if __name__ == "__main__":
    confine()
    os.execv(sys.argv[1], sys.argv[1:])
