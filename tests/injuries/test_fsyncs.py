from pathlib import Path

import pytest

from tests.injuries.fsyncs import figures, missing

pytestmark = [pytest.mark.nats, pytest.mark.slow, pytest.mark.skipif(missing() is not None, reason=missing() or "")]


async def test_no_acknowledgement_comes_before_an_fsync_and_a_batch_shares_its_own(tmp_path: Path) -> None:
    found = await figures(tmp_path)
    (acknowledged, synced), (batches, synced_for_batches) = found.values()

    assert synced >= acknowledged
    assert batches <= synced_for_batches < synced
