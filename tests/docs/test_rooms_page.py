"""The page of modules: each with the sentence that it opens with."""

from pathlib import Path

import pytest

from services.cli.pages import rooms


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('"""One thing."""\nx = 1\n', "One thing."),
        ('"""One thing.\n\nAnd more of it.\n"""\n', "One thing."),
        ('"""One thing\nin two lines."""\n', "One thing in two lines."),
        ("x = 1\n", ""),
    ],
)
def test_a_module_is_told_by_the_first_paragraph_of_its_docstring(text: str, sentence: str) -> None:
    assert rooms.sentence(text) == sentence


def test_the_steps_of_a_database_are_not_listed(tmp_path: Path) -> None:
    for name in ("services/__init__.py", "services/store/__init__.py", "services/store/versions/0001.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f'"""What {name} is for."""\n')
    assert "What services/store/__init__.py is for." in rooms.page(tmp_path)
    assert "0001" not in rooms.page(tmp_path)
