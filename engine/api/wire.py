"""Request bodies as they come off a socket: bounded in memory and in time."""

import re
import time
from typing import Protocol

BLOCK_BYTES = 1 << 16
MAX_CHUNK_LINE_BYTES = 256
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
"""RFC 9112, section 7.1; eight digits are 4 GB."""


class Source(Protocol):
    """The reading side of a connection."""

    def read1(self, size: int) -> bytes:
        """Return what is there, at most `size` bytes, after at most one wait."""

    def readline(self, size: int) -> bytes:
        """Return a line with its end, or the first `size` bytes of it."""


class Body:
    """The body of one request, of a length that was told beforehand."""

    def __init__(self, source: Source, n_bytes: int, seconds: float) -> None:
        """Read `n_bytes` from `source`, and wait no longer than `seconds` for all of them."""
        self.source = source
        self.n_left = n_bytes
        self.deadline = time.monotonic() + seconds

    @property
    def is_exhausted(self) -> bool:
        """Whether nothing of the body is left on the socket."""
        return self.n_left == 0

    def read(self, size: int = BLOCK_BYTES) -> bytes:
        """Return the next bytes, at most `size`; none at the end of the body.

        Raises
        ------
        TimeoutError
            If the body takes longer than it may: a client could send a byte every few seconds.
        ConnectionAbortedError
            If the client hung up before the end.
        """
        if self.is_exhausted or size == 0:
            return b""
        if time.monotonic() > self.deadline:
            raise TimeoutError("the request body took too long")
        data = self.source.read1(min(size if size > 0 else BLOCK_BYTES, self.n_left, BLOCK_BYTES))
        if not data:
            raise ConnectionAbortedError("the client hung up before the end of the request body")
        self.n_left -= len(data)
        return data


class ChunkedBody(Body):
    """The body of one request that comes in chunks, each with its length before it."""

    def __init__(self, source: Source, seconds: float) -> None:
        """Read from `source`, and wait no longer than `seconds` for all of it."""
        super().__init__(source, 0, seconds)
        self._is_first = True
        self._is_last = False

    @property
    def is_exhausted(self) -> bool:
        """Whether the chunk of length zero, which ends the body, was read."""
        return self._is_last

    def read(self, size: int = BLOCK_BYTES) -> bytes:
        """Return the next bytes, at most `size`, of one chunk; none at the end of the body.

        Raises
        ------
        ValueError
            If the chunks are not framed as they should be.
        """
        if self.n_left == 0 and not self._is_last:
            self._begin_chunk()
        return super().read(size)

    def _begin_chunk(self) -> None:
        if not self._is_first and self.source.readline(MAX_CHUNK_LINE_BYTES) != b"\r\n":
            raise ValueError("a chunk is longer than it says")
        line = self.source.readline(MAX_CHUNK_LINE_BYTES)
        match = _CHUNK_SIZE.fullmatch(line)
        if not match:
            raise ValueError("the length of a chunk cannot be read")
        self._is_first = False
        self.n_left = int(match[1], 16)
        self._is_last = self.n_left == 0
