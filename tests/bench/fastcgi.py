"""The least of a FastCGI client: one GET on a unix socket, waiting for whoever will listen there."""
import socket
import struct
import time

BEGIN, PARAMS, STDIN, STDOUT, END = 1, 4, 5, 6, 3


def _record(kind, content):
    return struct.pack(">BBHHBx", 1, kind, 1, len(content), 0) + content


def _pair(name, value):
    def size(n):
        return bytes([n]) if n < 128 else struct.pack(">I", n | 1 << 31)
    name, value = name.encode(), value.encode()
    return size(len(name)) + size(len(value)) + name + value


def get(path, uri, seconds):
    """What stands on standard output for GET `uri`."""
    limit = time.monotonic() + seconds
    peer = socket.socket(socket.AF_UNIX)
    while True:
        try:
            peer.connect(path)
            break
        except (FileNotFoundError, ConnectionRefusedError):
            if time.monotonic() > limit:
                raise
            time.sleep(0.0002)
    peer.settimeout(seconds)
    fields = {"REQUEST_METHOD": "GET", "REQUEST_URI": uri, "QUERY_STRING": uri.partition("?")[2], "SCRIPT_NAME": "",
              "SERVER_PROTOCOL": "HTTP/1.1", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "REMOTE_ADDR": "127.0.0.1"}
    peer.sendall(_record(BEGIN, struct.pack(">HB5x", 1, 0)) + _record(
        PARAMS, b"".join(_pair(*pair) for pair in fields.items())) + _record(PARAMS, b"") + _record(STDIN, b""))
    data = b""
    while more := peer.recv(1 << 16):
        data += more
    peer.close()
    out, at = b"", 0
    while at + 8 <= len(data):
        _, kind, _, length, padding = struct.unpack_from(">BBHHB", data, at)
        if kind == STDOUT:
            out += data[at + 8:at + 8 + length]
        at += 8 + length + padding
    return out
