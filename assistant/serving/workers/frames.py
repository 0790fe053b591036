"""What crosses between our own processes: a pickle with its length before it, over a socket pair without an address."""

import asyncio
import pickle
import socket
import struct
from typing import Any

_LENGTH = struct.Struct("!Q")
_PIECE = 1 << 20  # bytes taken from the socket at once


def packed(message: Any) -> bytes:
    """A message as it is sent."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(content)) + content


def receive(connection: socket.socket) -> bytes:
    """The next pickle, waited for. EOFError when the other side is gone."""
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size))
    return _exactly(connection, length)


async def read(reader: asyncio.StreamReader) -> Any:
    """The next message. EOFError or ConnectionError when the other side is gone."""
    (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
    return pickle.loads(await reader.readexactly(length))


def _exactly(connection: socket.socket, length: int) -> bytes:
    content = bytearray()
    while len(content) < length:
        piece = connection.recv(min(_PIECE, length - len(content)))
        if not piece:
            raise EOFError
        content += piece
    return bytes(content)
