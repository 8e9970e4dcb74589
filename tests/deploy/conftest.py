import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.fixture
def deploy() -> Path:
    return DEPLOY


@pytest.fixture
def compose() -> dict[str, Any]:
    """The compose file, with its anchors resolved."""
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def stages() -> dict[str, list[str]]:
    """Stage of the Dockerfile to its instructions, continued lines joined."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, list[str]] = {"": []}
    stage = ""
    for line in text.splitlines():
        if line.startswith("FROM "):
            stage = line.rpartition(" AS ")[2]
            found[stage] = []
        if line and not line.startswith("#"):
            found[stage].append(" ".join(line.split()))
    return found


@pytest.fixture
def passwords(deploy: Path) -> dict[str, str]:
    """What new-credentials.sh writes."""
    script = str(deploy / "new-credentials.sh")
    written = subprocess.run(["sh", script], check=True, capture_output=True, text=True).stdout
    return dict(line.split("=", 1) for line in written.splitlines())
