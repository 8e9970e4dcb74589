"""What a programme leaves, killed or not: a shell waits for its end, and then unmounts, lets go and removes."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# It reads until nobody can write any more: when we are done, or have ended, however that came. The processes die with
# us by themselves (PR_SET_PDEATHSIG); what they stood on is taken away after them, the mount on top first.
SWEEP = """
read -r _; sleep 1
awk -v folder="$1/" 'index($2, folder) == 1 { print $2 }' /proc/self/mounts | sort -r | while read -r mounted; do
    umount -l "$mounted"
done
chattr -R -i "$1"
[ "$2" = keep ] || rm -rf "$1"
"""


@contextmanager
def swept(folder: Path, *, keeps: bool) -> Iterator[None]:
    """Nothing stays mounted or protected below `folder`, not even after kill -9; nor the folder, unless it `keeps`."""
    broom = subprocess.Popen(
        ["sh", "-c", SWEEP, "sweep", str(folder), "keep" if keeps else "remove"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # a Ctrl-C is not for it
    )
    try:
        yield
    finally:
        broom.communicate()
