"""Texts that have been read, kept by the bytes they were read from: a scan is read once and not at every start."""

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path

from corpus.readers.source import SourceText

READERS_VERSION = 1  # goes up when a reader gives another text for the same bytes; kept texts of others are not used


class TextStore:
    """A folder of read texts. One that cannot be read or written costs time and nothing else."""

    def __init__(self, folder: Path, writes: bool = False) -> None:
        self._folder = folder
        self._writes = writes

    def get(self, content: bytes, suffix: str) -> SourceText | None:
        """The text kept for a file's bytes; None when there is none, or it is damaged."""
        try:
            kept = self._path(content, suffix).read_bytes()
            digest, _, payload = kept.partition(b"\n")
            if digest.decode("ascii") != hashlib.sha256(payload).hexdigest():
                return None
            return SourceText.from_json(json.loads(payload))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, content: bytes, suffix: str, source: SourceText) -> None:
        """Keep a text; it stands there whole or not at all."""
        if not self._writes:
            return
        payload = json.dumps(source.to_json(), ensure_ascii=False).encode("utf-8", "surrogatepass")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=".")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(payload).hexdigest().encode() + b"\n" + payload)
                Path(name).replace(self._path(content, suffix))
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise

    def _path(self, content: bytes, suffix: str) -> Path:
        return self._folder / f"{hashlib.sha256(content).hexdigest()}{suffix}.{READERS_VERSION}.json"
