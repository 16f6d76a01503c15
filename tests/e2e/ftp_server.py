#!/usr/bin/env python3
"""A real FTP server on 127.0.0.1 for one account: ftp_server.py FOLDER PORT [--keeps-returns]. It keeps no permissions of what is
uploaded, as FTP knows none; SITE CHMOD sets them. In text mode it takes the carriage returns out again that clients put in, or
--keeps-returns: says that it does and does not, as some servers do."""
import logging
import sys

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer


class KeepsReturns(FTPHandler):
    def ftp_STOR(self, file, mode="w"):
        self._current_type = "i"
        return super().ftp_STOR(file, mode)


def main():
    folder, port = sys.argv[1:3]
    logging.basicConfig(level=logging.WARNING)
    handler = KeepsReturns if "--keeps-returns" in sys.argv else FTPHandler
    handler.authorizer = DummyAuthorizer()
    handler.authorizer.add_user("ada", "a long password", folder, perm="elradfmwMT")
    handler.banner = "Ready."
    with FTPServer(("127.0.0.1", int(port)), handler) as server:
        print("ready", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
