"""Jobs for the processes that hold limits: what a document may do to the process that reads it."""

import ctypes
import os
import re
import signal
import sys
import time

_RUNS_ON = re.compile("(a+)+b")
_calls = []


def loaded():
    print("a library that talks while it is loaded")
    return do


def slow_to_load():
    _work(1.5)
    return do


def impatient():
    sys.modules["__main__"].IDLE_SECONDS = 0.05
    return do


def broken():
    raise SystemExit(3)


def do(deed, *arguments):
    """Do a deed; all but the first few end the process."""
    _calls.append(deed)
    return _DEEDS[deed](*arguments)


def _talk():
    print("to nobody")
    os.write(1, b"and past Python")
    os.write(2, b"noise")
    return sys.stdin.read()


def _work(seconds):
    begin = time.process_time()
    while time.process_time() - begin < seconds:
        pass


def _take(megabytes):
    return len(bytearray(megabytes * 10**6))


def _fill_up(megabytes):
    """Keep memory after the call, as a leak does."""
    _calls.append(b"x" * megabytes * 10**6)
    return megabytes


def _crash_unless_first():
    if len(_calls) > 1:
        ctypes.string_at(0)
    return "first"


_DEEDS = {
    "echo": lambda value: value,
    "pid": os.getpid,
    "talk": _talk,
    "take": _take,
    "fill up": _fill_up,
    "crash unless first": _crash_unless_first,
    "sleep": time.sleep,
    "wait": lambda: time.sleep(600),
    "work": _work,
    "run on": lambda: _RUNS_ON.match("a" * 64),  # holds the interpreter and listens to no signal of Python's
    "crash": lambda: ctypes.string_at(0),
    "abort": os.abort,
    "exit": lambda: os._exit(0),
    "leave": sys.exit,
    "be killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
}
