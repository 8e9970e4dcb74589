"""A mail is what it says; what travels with it comes beside it."""

from base64 import b64encode
from binascii import b2a_uu
from email.message import EmailMessage

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.document import Member
from services.fetch.core.unpacking_file import Broken
from services.fetch.formats.eml import read
from tests.services.fetch.formats.writing import claims, container, document, everything, members, rejected, source

TEXT = "Le convoi est entré dans la ville assiégée.\n"
PAGE = f"<html><body><h1>Titre</h1><p>{TEXT * 20}</p><div style='display:none'>aperçu</div></body></html>"


def mail(text: str | None = TEXT, page: str | None = None, **header: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = header.pop("subject", "Un titre à l'accent")
    message["From"] = "Ann Bee <ann@example.org>"
    message["Date"] = "Mon, 15 Jan 2018 10:30:00 +0100"
    message["Message-ID"] = "<1@example.org>"
    if text is not None:
        message.set_content(text)
    if page is not None:
        message.add_alternative(page, subtype="html")
    for name, value in header.items():
        message[name.replace("_", "-")] = value
    return message


def test_a_mail_is_a_document_with_its_header_as_claims() -> None:
    read_mail = document(read(source(mail(Archived_At="<https://liste.example/1>", Content_Language="fr").as_bytes())))
    assert read_mail.text == TEXT
    assert read_mail.media_type == "message/rfc822"
    assert read_mail.encoding == "utf-8"
    assert read_mail.url == "https://liste.example/1"
    assert claims(read_mail) == {
        ("title", "Un titre à l'accent"),
        ("author", "Ann Bee"),
        ("published", "Mon, 15 Jan 2018 10:30:00 +0100"),
        ("message_id", "1@example.org"),
        ("language", "fr"),
        ("url", "https://liste.example/1"),
    }


@pytest.mark.parametrize(
    ("plain", "page", "told"),
    [
        (TEXT, PAGE, TEXT),
        (None, PAGE, "Titre\n\nLe convoi"),
        ("", PAGE, "Titre\n\nLe convoi"),
        ("Votre logiciel ne montre pas le HTML.\n", PAGE, "Titre\n\nLe convoi"),
        (TEXT, None, TEXT),
    ],
)
def test_the_plain_text_is_taken_unless_it_is_none(plain: str | None, page: str | None, told: str) -> None:
    if plain == TEXT and page:
        page = f"<p>{TEXT}</p>"
    text = document(read(source(mail(plain, page).as_bytes()))).text
    assert text.startswith(told)
    assert "aperçu" not in text


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_each_part_has_its_own_encoding(charset: str) -> None:
    message = EmailMessage()
    message.set_content(TEXT, charset=charset)
    assert document(read(source(message.as_bytes()))).text == TEXT


def test_a_charset_that_nobody_knows_or_a_wrong_one_does_not_stop_a_mail() -> None:
    for label in ("=x-unknown", "=us-ascii", "=utf-8", "=\0", "=u\0tf-8", "*=''x%ff"):
        data = f"Subject: a\nContent-Type: text/plain; charset{label}\n\nL'été déjà\n".encode("cp1252")
        assert document(read(source(data))).text == "L'été déjà\n"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (b"=?utf-8?q?L=27=C3=A9t=C3=A9?= =?utf-8?b?IMOgIMOJdnJldXg=?=", "L'été à Évreux"),
        (b"=?iso-8859-1?q?L=27=E9t=E9?=", "L'été"),
        ("L'été".encode(), "L'été"),
        ("L'été".encode("cp1252"), "L'été"),
        (b"=?utf-8?b?####?=", "=?utf-8?b?####?="),
        (b"un\r\n titre sur deux lignes", "un titre sur deux lignes"),
        (b"TR : Re: Fwd: WG: un titre", "un titre"),
        (b"Alep : la ville", "Alep : la ville"),
    ],
)
def test_a_title_is_read_however_it_was_put_into_the_header(written: bytes, title: str) -> None:
    assert ("title", title) in claims(document(read(source(b"Subject: " + written + b"\r\n\r\nTexte"))))


@pytest.mark.parametrize(
    ("sender", "names"),
    [
        ('"Bee, Ann" <a@example.org>', ["Bee, Ann"]),
        ("=?utf-8?q?Bee=2C_Anne-Ad=C3=A8le?= <a@example.org>", ["Bee, Anne-Adèle"]),
        ("a@example.org", []),
        ('"a@example.org" <a@example.org>', []),
        ("Ann Bee <a@example.org>, Cy Dee <c@example.org>", ["Ann Bee", "Cy Dee"]),
    ],
)
def test_senders_are_authors_by_their_names_alone(sender: str, names: list[str]) -> None:
    found = document(read(source(f"From: {sender}\nSubject: a\n\nTexte".encode())))
    assert [claim.value for claim in found.claims if claim.field == "author"] == names


def test_what_is_attached_comes_beside_the_text_and_pictures_within_it_do_not() -> None:
    message = mail(page=f'<p>{TEXT}</p><img src="cid:x">')
    message.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<x>")  # type: ignore[union-attr,index]
    message.add_attachment(b"%PDF-1.4 ...", maintype="application", subtype="pdf", filename="../../étude.pdf")
    message.add_attachment("Pièce", filename="note.txt")
    found = members(read(source(message.as_bytes())))
    assert [(member.path, member.media_type) for member, _ in found] == [
        ("message.eml", "message/rfc822"),
        ("_.._étude.pdf", "application/pdf"),
        ("note.txt", "text/plain"),
    ]
    assert found[1][1] == b"%PDF-1.4 ..."
    own = document(read(source(found[0][1])))
    assert own.text.strip() == TEXT.strip()
    assert {("title", "Un titre à l'accent"), ("author", "Ann Bee"), ("message_id", "1@example.org")} <= claims(own)


def test_a_forwarded_mail_is_a_member_that_is_read_as_a_mail() -> None:
    message = mail("Pour information.\n")
    message.add_attachment(mail(subject="La dépêche"))
    _, (forwarded, data) = members(read(source(message.as_bytes())))
    assert forwarded.path.endswith(".eml")
    assert ("title", "La dépêche") in claims(document(read(source(data))))


def test_a_mail_with_attachments_and_without_words_holds_the_attachments_alone() -> None:
    message = EmailMessage()
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="a.zip")
    assert everything(read(source(message.as_bytes()))) == ["a.zip"]


def test_a_signature_is_no_attachment() -> None:
    message = mail()
    message.add_attachment(b"-----BEGIN PGP", maintype="application", subtype="pgp-signature", filename="signature.asc")
    assert document(read(source(message.as_bytes()))).text.strip() == TEXT.strip()


def test_an_attachment_without_bytes_harms_no_other() -> None:
    message = mail()
    message.add_attachment(b"", maintype="application", subtype="pdf", filename="a.pdf")
    message.add_attachment(b"b", maintype="application", subtype="pdf", filename="b.pdf")
    assert everything(read(source(message.as_bytes()))) == ["message.eml", "a.pdf: empty", "b.pdf"]


def test_of_a_mail_that_is_cut_off_what_is_whole_comes_in() -> None:
    message = mail()
    message.add_attachment(b"a" * 300, maintype="application", subtype="pdf", filename="a.pdf")
    message.add_attachment(b"b" * 300, maintype="application", subtype="pdf", filename="b.pdf")
    data = message.as_bytes()
    own, first, second = container(read(source(data[: data.rindex(b"--===")])))

    assert [each.path for each in (own, first, second)] == ["message.eml", "a.pdf", "b.pdf"]
    assert isinstance(first, Member)
    assert b"".join(first.chunks) == b"a" * 300
    assert isinstance(second, Member)
    with pytest.raises(Broken, match="it was cut short"):
        b"".join(second.chunks)


def test_of_a_mail_that_is_cut_off_in_its_text_there_is_no_text() -> None:
    data = b"Subject: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nUn texte sans "
    attached = data.replace(b"--x\n\n", b"--x\nContent-Disposition: attachment\n\nb\n--x\n\n")

    with pytest.raises(Broken, match="it was cut short"):
        read(source(data))
    assert everything(read(source(attached))) == ["message.eml: unreadable", "part-1.txt"]


def test_of_two_forms_of_a_mail_the_one_that_is_whole_is_read() -> None:
    data = mail(page=PAGE).as_bytes()
    assert document(read(source(data[: data.rindex(b"--===")]))).text.strip() == TEXT.strip()


@pytest.mark.parametrize("length", [900, 901, 902, 903])
def test_base64_that_breaks_off_gives_what_came_of_it(length: int) -> None:
    written = b64encode(("Le convoi est entre. " * 60).encode())[:length]
    head = b"Subject: a\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
    assert document(read(source(head + written))).text == ("Le convoi est entre. " * 60)[: length * 3 // 4]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Content-Type: application/pkcs7-mime; smime-type=enveloped-data", RejectReason.ENCRYPTED),
        ("Content-Type: multipart/encrypted; boundary=x", RejectReason.ENCRYPTED),
        ("Content-Type: application/pkcs7-mime; smime-type=signed-data", RejectReason.UNSUPPORTED),
        ("Content-Type: text/plain", RejectReason.NO_TEXT),
    ],
)
def test_a_mail_that_says_nothing_readable_is_rejected_by_what_it_is(header: str, reason: RejectReason) -> None:
    assert rejected(read(source(f"Subject: a\n{header}\n\n".encode()))) is reason


def test_a_mail_whose_boundary_is_nowhere_keeps_its_text_and_header() -> None:
    data = b"Subject: a\nContent-Type: multipart/mixed; boundary=x\n\nTexte sans limite."
    found = document(read(source(data)))
    assert found.text == "Texte sans limite."
    assert ("title", "a") in {(each.field, each.value) for each in found.claims}


def test_lines_that_were_folded_for_the_way_are_whole_again() -> None:
    data = b"Subject: a\nContent-Type: text/plain; format=flowed\n\nUne ligne \nqui continue.\nUne autre.\n-- \nAnn"
    assert document(read(source(data))).text == "Une ligne qui continue.\nUne autre.\n-- \nAnn"


def test_what_a_mailbox_or_a_program_writes_around_a_mail_is_left() -> None:
    bare = b"Subject: a\n\nTexte"
    for data in (b"From a@b Mon Jan 15 2018\n" + bare, b"%d   \n%s<plist></plist>" % (len(bare), bare)):
        assert document(read(source(data))).text == "Texte"


def test_parts_within_parts_without_end_are_refused() -> None:
    data = b"Subject: a\n"
    for depth in range(200):
        data += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth)
    assert rejected(read(source(data + b"\nTexte"))) is RejectReason.UNREADABLE


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: " + b"a" * 3_000_000,
        b"From: " + b"a," * 500_000,
        b"From: " + b"(" * 100_000,
        b"Subject: " + b"=?utf-8?q?a?= " * 100_000,
        b"X: a\n" * 20_000 + b"Subject: a",
        b"Content-Type: text/plain; " + b"a*0=b; " * 5_000,
        b"Content-Type: text/plain; charset*=''%ff",
        b"Content-Disposition: attachment; filename*=utf-8'%00",
        b"Content-Type: \xff\x00/\xff",
        b"Content-Type: " + b'a=;,<("' * 300_000,
        b"Content-Disposition: " + b'a=;,<("' * 300_000,
    ],
)
def test_no_header_is_too_much(header: bytes) -> None:
    found = read(source(header + b"\n\nTexte"))
    assert found is not None


def test_forwarding_without_end_gives_the_first_of_them() -> None:
    data = b"".join(b"Subject: %d\nContent-Type: message/rfc822\n\n" % depth for depth in range(30)) + b"Texte"
    assert len(everything(read(source(data)))) == 1


def mails_in(text: str) -> list[tuple[str, str]]:
    """The subject and the text of each, the digest's own first."""
    found = [(path, document(read(source(data)))) for path, data in members(read(source(mail(text).as_bytes())))]
    return [(next(value for field, value in claims(each) if field == "title"), each.text) for _, each in found]


LETTER = (
    "Date: Mon, 15 Jan 2018 10:30:00 +0100\nFrom: Ann Bee <ann@example.org>\nTo: list@example.org\n"
    "Subject: Re: {0}\nMessage-ID: <{0}@example.org>\nContent-Type: text/plain; charset=koi8-r\n\n{1}\n\n"
)


@pytest.mark.parametrize("number", ["", "Message: 1\n"])
def test_a_digest_of_a_list_gives_each_of_its_mails(number: str) -> None:
    between = "-" * 30 + "\n\n"
    text = (
        "Today's Topics:\n\n   1. Un (Ann Bee)\n\n"
        + "-" * 70
        + "\n\n"
        + number
        + LETTER.format("Un", "L'été.")
        + between
    )
    text += (
        LETTER.format("Deux", "Une.\n\n" + between + "Ligne.") + between + "End of List Digest, Vol 1, Issue 2\n***\n"
    )

    own, first, second = mails_in(text)
    assert own[1].startswith("Today's Topics:")
    assert own[1].rstrip().endswith("End of List Digest, Vol 1, Issue 2\n***")
    assert (first[0], first[1].strip()) == ("Un", "L'été.")
    assert (second[0], second[1].strip()) == ("Deux", "Une.\n\n" + between + "Ligne.")


@pytest.mark.parametrize(
    "text",
    [
        "Un.\n" + "-" * 70 + "\nDeux.\n" + "-" * 30 + "\nTrois.\n",
        "Un.\n" + "-" * 70 + "\n" + LETTER.format("Un", "Cité.") + "-" * 30 + "\nUne signature.\n",
        "Note: un.\n" + "-" * 30 + "\nSource: deux.\n\nTrois.\n",
    ],
)
def test_lines_of_hyphens_make_no_digest_of_a_mail(text: str) -> None:
    assert document(read(source(mail(text).as_bytes()))).text.startswith(text[:3])


def _uuencoded(name: str, data: bytes) -> bytes:
    lines = b"".join(b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45))
    return f"begin 644 {name}\n".encode() + lines + b"`\nend\n"


def test_a_file_that_stands_in_the_lines_of_a_mail_is_attached() -> None:
    data = b"Subject: a\nFrom: Ann Bee <a@b.example>\n\nTexte.\n\n" + _uuencoded("../note.txt", b"Le pont. " * 30)
    (own, text), (file, content) = members(read(source(data)))

    assert (own.path, document(read(source(text))).text.strip()) == ("message.eml", "Texte.")
    assert (file.path, content) == ("_note.txt", b"Le pont. " * 30)


@pytest.mark.parametrize("lines", ["begin 644 a.txt\nIt is not so.\nend\n", "begin 644 a.txt\n%4\n", "begin\nend\n"])
def test_lines_that_are_no_file_stay_in_the_text(lines: str) -> None:
    assert document(read(source(f"Subject: a\n\nTexte.\n{lines}".encode()))).text == f"Texte.\n{lines}"


def test_a_mail_that_is_locked_in_its_text_is_encrypted() -> None:
    locked = "-----BEGIN PGP MESSAGE-----\n\nhQEMA5vJ\n=abcd\n-----END PGP MESSAGE-----\n"
    assert rejected(read(source(f"Subject: a\n\n{locked}".encode()))) is RejectReason.ENCRYPTED
    assert "pont" in document(read(source(f"Subject: a\n\nLe pont est ouvert.\n\n{locked}".encode()))).text
