import ast
import importlib
import re
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

from contracts.topology import MESSAGES, ROUTES, SERVICES

ROOT = Path(__file__).parents[1]
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
# Deleted and not yet committed is gone; seeds are as they came.
FILES = [ROOT / name for name in TRACKED if not name.startswith("seeds/") and (ROOT / name).is_file()]
CODE = [path for path in FILES if path.suffix == ".py"]
OURS = [path for path in CODE if path.relative_to(ROOT).parts[0] in ("contracts", "services")]
ROOMS = ROOT / "services"

FAILURE_POLICY = {
    ROOMS / "chassis" / "ends.py",  # whatever a handler raises becomes a decision
    ROOMS / "chassis" / "outage.py",  # whatever a probe raises, the thing is not well
    ROOMS / "chassis" / "child.py",  # whatever an error's constructor raises, it goes on as its text
}

LINES = {"contracts": 300, "services": 300, "tests": 450}
HANDLER_LINES = 15
FUNCTION_LINES = 40
# One text, one order of starting, one list of metrics: shorter would not be clearer. Nothing is added here lightly.
LONGER = {
    "services/chassis/accounts.py: render",
    "services/chassis/metrics.py: __init__",
}
PHRASE_WORDS = 7  # fewer are a name or an idiom

REGISTRY = re.compile(r"pypi\.org|pythonhoste[d]|\b(?:ghcr|docker|quay|gcr)\.io\b|(?<!no-emit-)index-ur[l]|/simpl[e]/")
MACHINE = re.compile(r"(?<![\w.])/(?:work|opt|Users|home)/\w")


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _nodes(path: Path) -> Sequence[ast.AST]:
    """All that is in a module: looked through by several, walked through once."""
    return list(ast.walk(_tree(path)))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_rooms_are_the_services_the_chassis_and_the_command_line() -> None:
    rooms = {path.parent.name for path in ROOMS.glob("*/__init__.py")}

    assert rooms == {*SERVICES, "chassis", "cli"}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_its_files_its_tests_and_its_container(service: str) -> None:
    room = ROOMS / service
    missing = [
        name for name in ("__init__.py", "__main__.py", "handler.py", "settings.py") if not (room / name).is_file()
    ]

    assert missing == []
    assert (room / "core.py").is_file() or (room / "core" / "__init__.py").is_file()
    assert list((ROOT / "tests" / "services" / service).rglob("test_*.py"))
    assert service in yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))["services"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_says_of_itself_what_the_table_says_of_it(service: str) -> None:
    words = re.fullmatch(
        rf"{service}: hears (.+), says (.+)\.", importlib.import_module(f"services.{service}").__doc__ or ""
    )
    assert words is not None
    heard, said = (set(re.findall(r"[A-Z]\w+", half)) for half in words.groups())

    assert heard == {route.message.__name__ for route in ROUTES if route.heard_by == service}
    # What a service says to itself (a note for later) is no news to its readers.
    assert said == {
        route.message.__name__ for route in ROUTES if service in route.said_by and route.heard_by != service
    }


@pytest.mark.parametrize("service", SERVICES)
def test_a_handler_bears_the_name_of_what_it_hears_and_is_short(service: str) -> None:
    handlers = [
        node
        for node in _nodes(ROOMS / service / "handler.py")
        if isinstance(node, ast.AsyncFunctionDef) and node.name.startswith("on_")
    ]
    heard = {node.name.removeprefix("on_") for node in handlers} - {"dead_letters"}
    expected = {
        name
        for name, message in MESSAGES.items()
        for route in ROUTES
        if route.message is message and route.heard_by == service
    }

    assert heard == expected
    assert [node.name for node in handlers if _length(node) > HANDLER_LINES] == []


@pytest.mark.parametrize("package", ["contracts", "services"])
def test_nobody_else_owns_our_names(package: str) -> None:
    # An editable install is owned by nobody; a wheel by us.
    assert packages_distributions().get(package, ["wireroom"]) == ["wireroom"]


def test_only_the_failure_policy_takes_every_exception() -> None:
    broad = [
        f"{_name(path)}:{node.lineno}"
        for path in OURS
        if path not in FAILURE_POLICY
        for node in _nodes(path)
        if (isinstance(node, ast.ExceptHandler) and _takes_all(node) and not _raises_again(node))
        or (isinstance(node, ast.Call) and _suppresses_all(node))
        or (isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and _swallows(node))
    ]

    assert broad == []


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("with suppress(OSError, Exception): f()", True),
        ("with contextlib.suppress(BaseException): f()", True),
        ("with suppress(OSError): f()", False),
        ("class C:\n def __exit__(self, *_): return True", True),
        ("class C:\n async def __aexit__(self, *_): return bool(self)", True),
        ("class C:\n def __exit__(self, *_): f()", False),
        ("class C:\n def __exit__(self, *_):\n  if f(): return\n  return None", False),
        ("class C:\n def __exit__(self, *_):\n  def g(): return 1\n  g()", False),
    ],
)
def test_what_takes_every_exception_is_known_in_its_other_clothes_too(text: str, is_one: bool) -> None:
    found = [
        node
        for node in ast.walk(ast.parse(text))
        if (isinstance(node, ast.Call) and _suppresses_all(node))
        or (isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and _swallows(node))
    ]

    assert bool(found) is is_one


def test_importing_a_module_reads_no_environment() -> None:
    reading = [
        f"{_name(path)}:{node.lineno}"
        for path in OURS
        for node in _at_import(_tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb")
    ]

    assert reading == []


def test_a_file_is_no_longer_than_one_reads_at_once() -> None:
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}

    assert {name: length for name, length in lengths.items() if length > LINES.get(name.partition("/")[0], 300)} == {}


def test_a_function_fits_on_a_page() -> None:
    long = {
        f"{_name(path)}: {node.name}"
        for path in OURS
        for node in _nodes(path)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and _length(node) > FUNCTION_LINES
    }

    assert long - LONGER == set()


def test_no_file_names_a_registry_or_a_machine() -> None:
    found = [
        f"{_name(path)}: {mark[0]}"
        for path in FILES
        for text in [path.read_text(encoding="utf-8", errors="replace")]
        for pattern in (REGISTRY, MACHINE)
        for mark in pattern.finditer(text)
    ]

    assert found == []


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_a_lock_names_no_address_and_has_a_hash_for_every_package(name: str) -> None:
    lines = (ROOT / "locks" / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    packages = [line for line in lines if line.strip() and not line.startswith("#")]

    assert packages
    assert [line for line in lines if "://" in line or line.lstrip().startswith("-")] == []
    assert [line for line in packages if not re.match(r"[\w.-]+==\S+\s+--hash=sha256:[0-9a-f]{64}", line)] == []


def test_nothing_is_written_against_one_document() -> None:
    seeds = {
        phrase
        for path in (ROOT / "seeds").iterdir()
        for phrase in _phrases(path.read_bytes().decode("utf-8", "replace"))
    }
    quoting = [
        f"{_name(path)}: {' '.join(phrase)}"
        for path in FILES
        if path.is_relative_to(ROOMS)
        for phrase in _phrases(path.read_text(encoding="utf-8", errors="replace"))
        if phrase in seeds
    ]

    assert seeds
    assert quoting == []


def _phrases(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return (tuple(words[at : at + PHRASE_WORDS]) for at in range(len(words) - PHRASE_WORDS + 1))


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _takes_all(handler: ast.ExceptHandler) -> bool:
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or _is_every(kind) for kind in types)


def _suppresses_all(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name == "suppress" and any(_is_every(kind) for kind in call.args)


def _swallows(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether it is a context's exit that may say that what was raised is dealt with."""
    if function.name not in ("__exit__", "__aexit__"):
        return False
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Return) and not (node.value is None or _is_no(node.value)):
            return True
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            waiting += ast.iter_child_nodes(node)
    return False


def _is_no(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and not value.value


def _is_every(kind: ast.expr) -> bool:
    return isinstance(kind, ast.Name) and kind.id in ("Exception", "BaseException")


def _raises_again(handler: ast.ExceptHandler) -> bool:
    """Whether it only cleans up behind what goes on being raised."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _at_import(tree: ast.Module) -> Iterator[ast.AST]:
    """What runs when the module is imported: everything outside functions, and functions' defaults."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            waiting += [default for default in [*node.args.defaults, *node.args.kw_defaults] if default is not None]
        else:
            waiting += ast.iter_child_nodes(node)
