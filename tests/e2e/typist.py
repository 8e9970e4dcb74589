"""Commands as a person types them: each is a process of its own, and only its imports are there already.

`wireroom` computes for one to two seconds until it has imported what it needs, and the tests type it a hundred times.
The first time each command is typed, it is started like anywhere else; after that it is forked from a process that has
imported all of them and done nothing else.
"""

import atexit
import importlib
import io
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from services.cli.local.process import die_with_parent

WIREROOM = str(Path(sys.executable).parent / "wireroom")
# The others start processes, or become them.
IMPORTED = ("deadletters", "explain", "feeds", "ingest", "replay", "schema", "search", "status", "tail", "trace")


def typed(
    arguments: Sequence[str | bytes], *, environment: Mapping[str, str], folder: str, seconds: float
) -> "subprocess.CompletedProcess[str]":
    """What comes of `wireroom` with these arguments, typed in a folder."""
    command = os.fsdecode(arguments[0]) if arguments else ""
    with _LOCK:
        is_first = command not in _TYPED
        _TYPED.add(command)
        if not is_first and command in IMPORTED:
            return _typist().typed([os.fsdecode(one) for one in arguments], environment, folder, seconds)
    return subprocess.run(
        [WIREROOM, *arguments],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


class Typist:
    """The process that the others are forked from."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.typist"],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            preexec_fn=die_with_parent(),  # noqa: PLW1509 - it takes no lock
        )

    def typed(
        self, arguments: list[str], environment: Mapping[str, str], folder: str, seconds: float
    ) -> "subprocess.CompletedProcess[str]":
        """The same as of a process that is started; raises TimeoutExpired, and then it is of no use any more."""
        with tempfile.TemporaryDirectory() as told:
            out, err = Path(told, "out"), Path(told, "err")
            self._say([arguments, dict(environment), folder, str(out), str(err)])
            code = self._hear(seconds)
            if code is None:
                self.end()
                raise subprocess.TimeoutExpired(["wireroom", *arguments], seconds)
            return subprocess.CompletedProcess([WIREROOM, *arguments], code, out.read_text(), err.read_text())

    def is_there(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def end(self) -> None:
        """End it, and what it has forked with it."""
        self._process.kill()
        self._process.communicate()

    def _say(self, words: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(words).encode() + b"\n")
        self._process.stdin.flush()

    def _hear(self, seconds: float) -> int | None:
        assert self._process.stdout is not None
        if not select.select([self._process.stdout], [], [], seconds)[0]:
            return None
        return int(self._process.stdout.readline())


_LOCK = threading.RLock()
_TYPED: set[str] = set()
_TYPISTS: list[Typist] = []


def _typist() -> Typist:
    if not _TYPISTS or not _TYPISTS[-1].is_there():
        _TYPISTS[:] = [Typist()]
        atexit.register(end_typist)
    return _TYPISTS[-1]


def end_typist() -> None:
    """End the process that commands are forked from, if there is one."""
    for one in _TYPISTS:
        one.end()
    _TYPISTS.clear()


def main() -> None:
    """Fork a command for each line that is read, and write its exit code."""
    for command in IMPORTED:
        importlib.import_module(f"services.cli.{command}")
    leash = die_with_parent() or (lambda: None)
    for line in sys.stdin.buffer:
        child = os.fork()
        if child == 0:
            leash()
            _become(*json.loads(line))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{code}\n")
        sys.stdout.flush()


def _become(arguments: list[str], environment: dict[str, str], folder: str, out: str, err: str) -> None:
    """Be the command, and end like it."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, path in enumerate((os.devnull, out, err)):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT if number else os.O_RDONLY, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    sys.stdin, sys.stdout, sys.stderr = _stream(0, "r"), _stream(1, "w"), _stream(2, "w", errors="backslashreplace")
    sys.argv = [WIREROOM, *arguments]
    code: Any = 1
    try:
        from services.cli.__main__ import main as wireroom  # noqa: PLC0415 - the last thing that a command imports

        wireroom()
        code = 0
    except SystemExit as end:
        code = end.code
    except KeyboardInterrupt:
        code = 128 + signal.SIGINT
    except BaseException:  # noqa: BLE001 - as Python tells of what nobody caught
        traceback.print_exc()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code if isinstance(code, int) else 1 if code else 0)


def _stream(number: int, mode: str, errors: str = "strict") -> io.TextIOWrapper:
    return io.TextIOWrapper(open(number, f"{mode}b", closefd=False), encoding="utf-8", errors=errors)


if __name__ == "__main__":
    main()
