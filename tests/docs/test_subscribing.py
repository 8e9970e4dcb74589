import asyncio
import re
import sys
from pathlib import Path

import pytest

from contracts.topology import MESSAGES
from services.chassis.letters import seal
from services.chassis.publisher import Publisher
from services.chassis.testing import LocalServer
from services.cli.pages.written import ROOT

RECORDED = ROOT / "tests" / "contracts" / "recorded" / "0.1.0" / "article_enriched.json"


@pytest.mark.nats
async def test_the_example_on_the_page_reads_an_article_without_credentials(tmp_path: Path) -> None:
    [example] = re.findall(r"```python\n(.+?)```", (ROOT / "docs" / "wire.md").read_text(encoding="utf-8"), re.DOTALL)
    async with LocalServer(tmp_path) as server:
        store = await server.connect("store")
        publisher = Publisher(store)
        article = MESSAGES["article_enriched"].model_validate_json(RECORDED.read_bytes())
        await publisher.publish(seal(article, service="store"))

        reading = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            example.replace("nats://127.0.0.1:4222", server.url),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, complaints = await reading.communicate()
        await publisher.close()
        await store.close()

    assert (reading.returncode, complaints) == (0, b"")
    assert said.decode().startswith("articles.enriched.fr.sy ")
