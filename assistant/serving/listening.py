"""The address the page and the API listen on."""

import socket

from corpus.errors import SettingsError


def open_listener(host: str, port: int) -> socket.socket:
    """A socket listening on an address; SettingsError when there is no such address or it is in use."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(address[:2], family=family)
    except (socket.gaierror, UnicodeError):
        raise SettingsError(f'There is no address "{host}" to listen on; use 127.0.0.1, or 0.0.0.0 for all.') from None
    except OSError as error:
        other = port + 1 if port < 65535 else port - 1
        reason = (error.strerror or str(error)).split(" (while")[0]
        command = f"policy-assistant serve --port {other}"
        raise SettingsError(f"Port {port} on {host} cannot be used ({reason}); choose another: {command}") from None
    # asyncio sets TCP_NODELAY only on sockets that name their protocol, which create_server leaves at 0. Without it a
    # kept-alive connection waits some 40 ms for each answer: Nagle's algorithm against the other side's delayed ACK.
    return socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, fileno=listener.detach())
