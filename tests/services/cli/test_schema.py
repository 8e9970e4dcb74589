import json
from collections.abc import Callable

import pytest
from typer.testing import Result

from contracts.topology import MESSAGES

Wireroom = Callable[..., Result]


@pytest.mark.parametrize("name", [*MESSAGES, "ArticleEnriched", "article-enriched"])
def test_every_message_has_its_schema(wireroom: Wireroom, name: str) -> None:
    told = wireroom("schema", name)
    assert told.exit_code == 0, told.output
    assert {"input_id", "trail"} <= json.loads(told.stdout)["properties"].keys()


def test_without_a_name_all_are_listed(wireroom: Wireroom) -> None:
    assert json.loads(wireroom("schema", "--json").stdout)["schemas"] == [*MESSAGES, "asyncapi"]
    assert "articles.enriched.*.*" in wireroom("schema").stdout


def test_an_unknown_name_is_told_with_those_that_are(wireroom: Wireroom) -> None:
    told = wireroom("schema", "nothing")
    assert told.exit_code == 1
    assert "article_enriched" in told.stderr
