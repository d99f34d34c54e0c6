"""Digital signatures are read from what comes in, whatever that does, and judged."""

import zlib
from datetime import UTC, datetime
from io import BytesIO

import pytest

from domain.record.signatures import SignatureFault
from domain.refusals import Refused
from intake.signing.certificates import MOST, certificate_in, facts_of
from intake.signing.chains import distrust
from intake.signing.reading import MOST_SIGNATURES, signatures_in
from tests.journeys.cast import at
from tests.seals import (
    a_seal,
    added_to,
    altered,
    plain_pdf,
    root,
    signed_pdf,
    signer,
)

_F = SignatureFault
DAY = at("2022-07-14")
TRUSTED = frozenset({root().der})


def faults(content: bytes) -> list[tuple[str, SignatureFault | None]]:
    """Say of each signature in a file whose it is, and what is wrong."""
    return [(each.signer, each.fault) for each in signatures_in(BytesIO(content))]


def refused(content: bytes) -> tuple[str, str]:
    with pytest.raises(Refused) as found:
        signatures_in(BytesIO(content))
    [one] = found.value.refusals
    return one.code, one.detail


def test_a_signature_is_read_with_its_signer_its_moment_and_its_certificates() -> None:
    before = datetime.now(UTC).replace(microsecond=0)

    [found] = signatures_in(BytesIO(signed_pdf(signer())))

    assert (found.signer, found.issuer) == ("Trần Văn Bình", "Chứng thực con")
    assert found.signed_at is not None
    assert before <= found.signed_at <= datetime.now(UTC)
    assert found.certificates[0] == signer().der
    assert {*found.certificates} == {*signer().chain}


def test_signatures_over_signatures_hold_and_nothing_else_may_come_later() -> None:
    name, clerk = "Trần Văn Bình", "Văn thư"
    one = signed_pdf(signer())
    two = signed_pdf(signer(clerk), one, field="Ky2")

    assert faults(one) == [(name, None)]
    assert faults(two) == [(name, None), (clerk, None)]
    assert faults(altered(two)) == [(name, _F.ALTERED), (clerk, _F.ALTERED)]
    assert faults(added_to(one)) == [(name, _F.ADDED_TO)]
    sealed = signed_pdf(signer(clerk), added_to(one), field="Ky2")
    assert faults(sealed) == [(name, _F.ADDED_TO), (clerk, None)]


def test_what_stands_behind_the_end_of_a_file_was_added_to_it() -> None:
    name, clerk = "Trần Văn Bình", "Văn thư"
    one = signed_pdf(signer())
    two = signed_pdf(signer(clerk), one, field="Ky2")

    assert faults(one + b"\r\n\0 ") == [(name, None)]
    assert faults(one + b"\n1 0 obj<</Type/Catalog>>endobj\n") == [(name, _F.ADDED_TO)]
    assert faults(two + b"\nmore") == [(name, None), (clerk, _F.ADDED_TO)]


def test_a_file_that_nobody_has_signed_has_no_signatures() -> None:
    assert faults(plain_pdf()) == []
    assert faults(plain_pdf(password="mat-khau")) == []


def a_bomb() -> bytes:
    """Write a small file whose table of objects is larger than all the memory."""
    packer = zlib.compressobj(9)
    head = packer.compress(b"\0" * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b"\0" * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = head + again * 2**11
    said = b"/Type/XRef/Size 9/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length"
    body = b"<<%b %d>>stream\n%b\nendstream" % (said, len(packed), packed)
    return b"%%PDF-1.7\n9 0 obj%b endobj\n%%/ByteRange\nstartxref\n9\n%%%%EOF" % body


def test_a_file_that_cannot_be_looked_into_is_refused_in_one_sentence() -> None:
    good = signed_pdf(signer())
    broken = {
        "half of it": good[: good.index(b"/ByteRange") + 100],
        "no end": good[:-40],
        "anything": b"%PDF-1.7\n/ByteRange" + b"x" * 2**12,
        "very deep": b"%PDF-1.7\n/ByteRange" + b"[" * 2**16 + good[9:],
        "a bomb": a_bomb(),
        "no field": b"%PDF-1.7\n%/ByteRange\n" + plain_pdf(),
    }

    said = {name: refused(content) for name, content in broken.items()}

    assert {code for code, _ in said.values()} == {"signatures_unreadable"}
    [sentence] = {detail for _, detail in said.values()}
    assert "không đọc được để kiểm tra" in sentence
    locked = refused(signed_pdf(signer(), password="mat-khau"))
    assert locked[0] == "signatures_unreadable"
    assert "đặt mật khẩu" in locked[1]


def test_a_file_with_too_many_signatures_is_refused() -> None:
    content = b""
    for n in range(MOST_SIGNATURES + 1):
        content = signed_pdf(signer(), content, field=f"Ky{n}")

    assert "quá 20 chữ ký số" in refused(content)[1]


def test_a_signer_is_trusted_by_a_chain_that_held_when_it_was_signed() -> None:
    late = a_seal("Trần Văn Bình", root(), until=at("2021-01-01"))
    foreign = a_seal("Gốc khác", authority=True)
    false = a_seal("Chứng thực gốc", authority=True)  # another of the same name
    aged = a_seal("Con cũ", root(), authority=True, until=at("2021-01-01"))
    by_clerk = a_seal("Giả mạo", signer())  # by who may not issue any

    found = {
        "the office's": distrust(signer().chain, DAY, TRUSTED),
        "itself": distrust(signer().chain[:1], DAY, frozenset({signer().der})),
        "before": distrust(signer().chain, at("2019-01-01"), TRUSTED),
        "expired": distrust(late.chain, DAY, TRUSTED),
        "while it held": distrust(late.chain, at("2020-06-01"), TRUSTED),
        "by an expired one": distrust(a_seal("Ai", aged).chain, DAY, TRUSTED),
        "nobody trusted": distrust(signer().chain, DAY, frozenset()),
        "foreign": distrust(a_seal("Ai", foreign).chain, DAY, TRUSTED),
        "false": distrust(a_seal("Ai", false).chain, DAY, TRUSTED),
        "a link missing": distrust(signer().chain[:1], DAY, TRUSTED),
        "no authority": distrust(by_clerk.chain, DAY, TRUSTED),
        "not for signing": distrust(
            a_seal("Máy chủ", root(), signs=False).chain, DAY, TRUSTED
        ),
    }

    assert found == {
        "the office's": None,
        "itself": None,
        "before": _F.OUT_OF_DATE,
        "expired": _F.OUT_OF_DATE,
        "while it held": None,
        "by an expired one": _F.OUT_OF_DATE,
        "nobody trusted": _F.UNTRUSTED,
        "foreign": _F.UNTRUSTED,
        "false": _F.UNTRUSTED,
        "a link missing": _F.UNTRUSTED,
        "no authority": _F.UNTRUSTED,
        "not for signing": _F.UNFIT,
    }


def test_one_certificate_is_taken_from_a_file_in_letters_or_not() -> None:
    digest, content = certificate_in(root().pem)

    assert certificate_in(root().der) == (digest, root().der) == (digest, content)
    assert len(digest) == 64
    facts = facts_of(content)
    assert (facts.subject, facts.issuer) == ("CN=Chứng thực gốc",) * 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "trống"),
        (b"x" * (MOST + 1), "lớn quá 16 KiB"),
        (b"%PDF-1.7", "không phải là chứng thư số"),
        (root().pem.replace(b"CERTIFICATE", b"PRIVATE KEY"), "không phải"),
        (root().pem[:200] + b"\n-----END CERTIFICATE-----\n", "không phải"),
        (root().pem + signer().pem, "mỗi lần chỉ một"),
    ],
    ids=["empty", "large", "a paper", "a key", "half", "two"],
)
def test_what_is_not_one_certificate_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Refused) as found:
        certificate_in(content)

    [one] = found.value.refusals
    assert one.code == "bad_certificate"
    assert why in one.detail
