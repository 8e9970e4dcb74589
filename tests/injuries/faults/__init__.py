"""One way to hurt a running system in each file; `make injuries` finds them all.

A new one is a file `<name>.py` with `FAULT = Fault("<name>", injure, …)`. `injure(scene)` hurts `scene.system` while
`scene.workload` drops files, and returns when the injury is over; then all that was given in has to end, and the
checker judges. It waits with `until`, chooses with `scene.chance`, and says
`scene.struck()` at each blow (a row without one is a finding), `scene.hold(promise, line)` of what it can see itself,
`scene.note(line)` of what is worth a line under the table, and in `scene.special` whatever it did past the inbox.

`settings` gives it a system of its own, for that fault alone; without them it shares one with all others of its
`kind`, and what it leaves changed is there for the next. `missing` says why this machine cannot do it. With
`times` above one `injure` is called again, and until then another input has to end: the load goes on even after
`scene.workload.pause()`. With `short` it is in `make test` too.
Faults run side by side, each on a system of its own or in turns on a shared one; one that measures what a busy machine
would change says `alone`, and one that takes minutes `long`.
"""

import importlib
from pathlib import Path

from tests.injuries.fault import Fault


def faults() -> dict[str, Fault]:
    """Every fault by its name."""
    found = [
        importlib.import_module(f"{__name__}.{path.stem}").FAULT
        for path in sorted(Path(__file__).parent.glob("[a-z]*.py"))
    ]
    return {fault.name: fault for fault in found}
