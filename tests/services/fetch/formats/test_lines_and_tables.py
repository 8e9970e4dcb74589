"""Of lines and rows each is an input of its own, and a bad one is told by its number."""

import json

import pytest

from services.fetch.core.document import BadMember, Member, ReadDocument
from services.fetch.formats import json_any, jsonl, table
from tests.services.fetch.formats.reads import bytes_of, claimed, document, members, reason
from tests.services.fetch.test_expansion import Taken


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_each_line_is_an_article(encoding: str) -> None:
    lines = "\n".join(json.dumps({"title": "A", "text": f"Été {n}"}, ensure_ascii=False) for n in "xyz")
    found = members(jsonl.read, lines.encode(encoding))
    assert [member.path for member in found] == ["line-1.json", "line-2.json", "line-3.json"]
    assert [document(json_any.read, bytes_of(member)).text for member in found] == ["Été x", "Été y", "Été z"]


@pytest.mark.parametrize("bad", ['{"text": "cut', "7", "[]", "words", "\x00", '{"a":' * 100_000])
def test_a_bad_line_is_told_by_its_number_and_harms_no_neighbour(bad: str) -> None:
    found = members(jsonl.read, f'{{"text": "a"}}\r\n\r\n{bad}\r\n{{"text": "b"}}')
    assert [member.path for member in found] == ["line-1.json", "line-3.json", "line-4.json"]
    assert isinstance(found[1], BadMember)
    assert found[1].rejected.detail.startswith("line 3 is no JSON object: ")
    assert bytes_of(found[2]) == b'{"text": "b"}'


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_each_row_with_a_text_is_an_article(sign: str) -> None:
    rows = [
        ["id", "Title", "Text", "Date"],
        ["1", "A", '"One,\nand; two\t| ""three"""', "2018"],
        ["2", "B", "Four", "2018"],
    ]
    found = members(table.read, "\n".join(sign.join(row) for row in rows), "a.csv")
    inner = [document(json_any.read, bytes_of(member)) for member in found]
    assert [each.text for each in inner] == ['One,\nand; two\t| "three"', "Four"]
    assert [(claimed(each, "title"), claimed(each, "published")) for each in inner] == [
        (["A"], ["2018"]),
        (["B"], ["2018"]),
    ]


@pytest.mark.parametrize(
    "name", ["text", "TEXT", " Article Text ", "maintext", "Body", "contenu", "texte", "body_html"]
)
def test_a_column_of_texts_is_known_by_its_name(name: str) -> None:
    found = members(table.read, f"title,{name}\nA,Words\n")
    assert document(json_any.read, bytes_of(found[0])).text == "Words"


@pytest.mark.parametrize(
    "header",
    [
        "N°;Titre;Auteur;Date de parution;Texte",
        "Nr;Überschrift;Autor;Datum;Artikeltext",
        "Nr;UEBERSCHRIFT;Verfasser;Erschienen am;Volltext",
        "№;Заголовок;Автор;Дата публикации;Текст статьи",
        "Lp.;Tytuł;Autor;Data;Treść",
        "ID;Título;Autor;Fecha de publicación;Cuerpo",
        "番号;タイトル;著者;掲載日;本文",
    ],
)
def test_columns_are_known_in_the_languages_of_those_who_keep_tables(header: str) -> None:
    found = members(table.read, f"{header}\n1;A;Anne Martin;2018-03-02;Words\n", "a.csv")
    inner = document(json_any.read, bytes_of(found[0]))
    assert (inner.text, claimed(inner, "title")) == ("Words", ["A"])
    assert (claimed(inner, "author"), claimed(inner, "published")) == (["Anne Martin"], ["2018-03-02"])


def test_a_table_of_known_columns_is_read_beside_what_the_mapping_names() -> None:
    assert len(members(table.read, "Title,Text\nA,Words\n", keys=(("text", "payload.body"),))) == 1


def test_a_column_is_named_by_the_mapping() -> None:
    keys = (("text", "Inhoud"), ("title", "Kop"))
    found = members(table.read, "Kop,Inhoud\nA,Words\n", keys=keys)
    inner = document(json_any.read, bytes_of(found[0]), keys=keys)
    assert (inner.text, claimed(inner, "title")) == ("Words", ["A"])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("country,population\nA,1\n", "among: country, population; WIREROOM_FETCH_JSON_MAPPING can say"),
        ("", "among: none"),
        ("words", "among: words"),
        (",".join("c" for _ in range(100)), "no column of texts"),
    ],
)
def test_a_table_without_texts_is_refused_with_its_columns(data: str, said: str) -> None:
    assert said in reason(table.read, data)[1]


def test_a_bad_row_is_told_by_its_number_and_harms_no_neighbour() -> None:
    found = members(table.read, "title,text\nA,one\nB,two,three\nC\nD,four\n")
    assert [isinstance(member, BadMember) for member in found] == [False, True, False, False]
    assert [member.path for member in found] == ["row-1.json", "row-2.json", "row-3.json", "row-4.json"]


def test_a_field_beyond_all_bounds_ends_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_FIELD_CHARACTERS", 100)
    found = members(table.read, f'title,text\nA,one\nB,"{"x" * 200}"\nC,two\n')
    assert [isinstance(member, BadMember) for member in found] == [False, True]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_in_any_encoding_is_read(encoding: str) -> None:
    found = members(table.read, "titre;texte\nL'été;Le maire est à l'hôpital, dit la préfecture.\n".encode(encoding))
    assert document(json_any.read, bytes_of(found[0])).text == "Le maire est à l'hôpital, dit la préfecture."


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_table_whose_first_foreign_letter_stands_late_is_read(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "HEAD_BYTES", 200)
    rows = "".join(f"{number},plain words\n" for number in range(100))
    found = members(table.read, f"title,text\n{rows}b,Le maire est à l'hôpital.\n".encode(encoding))
    assert document(json_any.read, bytes_of(found[-1])).text == "Le maire est à l'hôpital."


@pytest.mark.parametrize(
    "data",
    [
        "title,text\nA,words,\nB,more,,\n",
        "sep=;\ntitle;text\nA;words\nB;more\n",
        "title,text\rA,words\rB,more\r",
        "text,title,text\nwords,A,\nmore,B,else\n",
        '"text";"title";"a, b, c"\nwords;A;\nmore;B;\n',
    ],
)
def test_tables_as_programs_write_them_are_read(data: str) -> None:
    inner = [document(json_any.read, bytes_of(member)) for member in members(table.read, data)]
    assert [(each.text, claimed(each, "title")) for each in inner] == [("words", ["A"]), ("more", ["B"])]


@pytest.mark.parametrize(
    ("last", "is_whole"),
    [
        ("B,two\n", True),
        ("B,two", True),
        ("B\n", True),
        ("B", False),
        ("B,", False),
        ('B,"', False),
        ('B,"two\n', False),
    ],
)
def test_a_table_that_ends_in_the_middle_of_a_row_says_so(last: str, *, is_whole: bool) -> None:
    found = members(table.read, f"title,text\nA,one\n{last}")
    assert [isinstance(member, BadMember) for member in found] == [False, not is_whole]


@pytest.mark.parametrize(
    ("last", "is_whole"), [("B,two,", True), ('B,two,""', True), ("B,two", False), ("B,tw", False)]
)
def test_a_last_cell_that_is_no_text_may_be_empty_where_no_line_ends(last: str, *, is_whole: bool) -> None:
    found = members(table.read, f"title,text,tags\nA,one,x\n{last}")
    assert [isinstance(member, BadMember) for member in found] == [False, not is_whole]


def test_mojibake_in_a_row_is_undone() -> None:
    found = members(table.read, "title,text\nA,Le prÃ©fet a dÃ©clarÃ© cela\n")
    assert document(json_any.read, bytes_of(found[0])).text.startswith("Le préfet a déclaré")


PROSE = "La ministre a déclaré jeudi à Genève que l'été serait très chaud et que la forêt brûlerait."


def told(member: Member | BadMember) -> ReadDocument:
    assert isinstance(member, Member)
    return document(json_any.read, bytes_of(member), charset=member.charset)


def test_each_row_of_a_table_in_two_encodings_is_read_by_what_it_is() -> None:
    rows = [f"Été {number};{PROSE}\n".encode(encoding) for number, encoding in enumerate(("utf-8", "utf-8", "cp1252"))]
    found = members(table.read, b"title;text\n" + b"".join(rows), "a.csv")
    inner = [told(member) for member in found]
    assert [(claimed(each, "title"), each.text, each.lossy) for each in inner] == [
        ([f"Été {number}"], PROSE, 0) for number in range(3)
    ]
    assert [each.encoding for each in inner] == ["utf-8", "utf-8", "cp1252"]


def test_a_short_row_is_read_in_the_encoding_that_the_others_prove() -> None:
    rows = f"A;{PROSE}\n".encode() + f"B;{PROSE}\nC;Forêt\n".encode("cp1252")
    found = members(table.read, b"title;text\n" + rows, "a.csv")
    assert told(found[2]).text == "Forêt"


def test_damaged_bytes_of_a_row_are_counted_in_that_row() -> None:
    rows = [f"A;{PROSE}\n".encode()] * 3
    rows[1] = rows[1].replace("brûlerait".encode(), b"br\xfflerait")
    found = members(table.read, b"title;text\n" + b"".join(rows), "a.csv")
    inner = [told(member) for member in found]
    assert [each.lossy for each in inner] == [0, 1, 0]
    assert inner[1].text == PROSE.replace("brûlerait", "br\ufffdlerait")


@pytest.mark.parametrize(
    ("encoding", "good", "bad"),
    [("cp1252", "û".encode("cp1252"), b"\x81"), ("utf-16-le", "û".encode("utf-16-le"), b"\x00\xdc")],
)
async def test_what_cannot_be_decoded_in_a_table_that_is_no_utf_8_is_counted_too(
    encoding: str, good: bytes, bad: bytes
) -> None:
    rows = [f"{name};{PROSE}\n".encode(encoding) for name in "ABCD"]
    data = "title;text\n".encode(encoding) + b"".join(rows[:3]) + rows[3].replace(good, bad)
    taken = await Taken().take(data, "a.csv")
    told = [(article.document.lossy, article.document.text.count("\ufffd")) for article in taken.beyond.articles]
    assert sorted(told) == [(0, 0)] * 3 + [(1, 1)]
