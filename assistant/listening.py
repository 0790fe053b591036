"""The address the page and the API listen on."""

import socket

from corpus.errors import SettingsError


def open_listener(host: str, port: int) -> socket.socket:
    """A socket listening on an address; SettingsError when there is no such address or it is in use."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except (socket.gaierror, UnicodeError):
        raise SettingsError(f'There is no address "{host}" to listen on; use 127.0.0.1, or 0.0.0.0 for all.') from None
    except OSError as error:
        other = port + 1 if port < 65535 else port - 1
        reason = (error.strerror or str(error)).split(" (while")[0]
        command = f"policy-assistant serve --port {other}"
        raise SettingsError(f"Port {port} on {host} cannot be used ({reason}); choose another: {command}") from None
