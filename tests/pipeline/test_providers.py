"""The providers: what they write, and how they say that they cannot."""

from __future__ import annotations

import errno
import io
import json
import os
from pathlib import Path

import pytest
from sendlaw.engine.pipeline.providers.base import Envelope, UnavailableError
from sendlaw.engine.pipeline.providers.console import ConsoleProvider, message_reference
from sendlaw.engine.pipeline.providers.file import FileProvider


def envelope(id: str = "m1", text: str = "Soldes ! STOP au 36179") -> Envelope:
    return Envelope("c", id, "+33639981242", "ACME", "sms", text, 1_795_521_600)


def test_the_file_provider_writes_one_line_a_message(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with FileProvider(path) as provider:
        reference = provider.send(envelope(text="één\nzwei\u2028três"))
    (line,) = path.read_bytes().splitlines()
    assert json.loads(line) == {
        "provider_id": reference,
        "campaign": "c",
        "id": "m1",
        "to": "+33639981242",
        "sender": "ACME",
        "channel": "sms",
        "at": "2026-11-24T12:00:00+00:00",
        "text": "één\nzwei\u2028três",
    }


def test_a_reference_depends_on_campaign_and_id_alone() -> None:
    assert message_reference(envelope(text="a")) == message_reference(envelope(text="b"))
    assert message_reference(envelope("m1")) != message_reference(envelope("m2"))


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_a_half_written_line_is_removed_wherever_it_was_cut(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "out.jsonl"
    with FileProvider(path) as provider:
        for n in range(kept):
            provider.send(envelope(f"m{n}"))
        whole = path.read_bytes()
        provider.send(envelope("last"))
    last = path.read_bytes()[len(whole) :]
    for length in range(len(last)):
        path.write_bytes(whole + last[:length])
        FileProvider(path).close()
        assert path.read_bytes() == whole


@pytest.mark.parametrize("text", ["a letter\n", '{"id": "m1"}\n', '{"id": "m1"}', "\n"])
def test_a_file_of_another_kind_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "campaign.jsonl"
    path.write_text(text)
    with pytest.raises(UnavailableError, match="holds something else"):
        FileProvider(path)
    assert path.read_text() == text


@pytest.mark.parametrize("path", ["/nowhere/out.jsonl", "/proc/out.jsonl", "/"])
def test_a_file_that_cannot_be_written(path: str) -> None:
    with pytest.raises(UnavailableError, match="cannot write"):
        FileProvider(Path(path))


def test_a_device_is_no_file() -> None:
    with pytest.raises(UnavailableError, match="no regular file"):
        FileProvider(Path("/dev/null"))


def test_a_full_disk_leaves_no_half_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.jsonl"
    write = os.write

    def fill_up(file: int, data: bytes) -> int:
        if len(data) < 100:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(file, data[:100])

    with FileProvider(path) as provider:
        provider.send(envelope())
        before = path.read_bytes()
        monkeypatch.setattr(os, "write", fill_up)
        with pytest.raises(UnavailableError, match="no space left"):
            provider.send(envelope("m2"))
    assert path.read_bytes() == before


def test_the_console_provider_masks_numbers_and_cannot_steer_the_terminal() -> None:
    stream = io.StringIO()
    ConsoleProvider(stream).send(envelope(text="a\nb\x1b[31m\u202ec"))
    expected = "2026-11-24 12:00:00Z  +33•••••••42  ACME  a\\nb\\x1b[31m\\u202ec\n"
    assert stream.getvalue() == expected
