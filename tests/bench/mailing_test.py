#!/usr/bin/python3
"""Letters to many: 5,000 receivers of an entry of 20 KB; how long to queue, how many a second, how much memory."""
import os
import resource
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "e2e"))
from webmention_test import Case, DAYBOOK  # noqa: E402

WORK = os.path.join(os.path.dirname(DAYBOOK), "daybook-work")
COUNT = 5000


class Sink:
    """The least that is an SMTP server: counts messages and connections."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.mails = self.connections = 0
        self.first = self.last = 0.0
        self.to = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.serve, args=(peer,), daemon=True).start()

    def serve(self, peer):
        file = peer.makefile("rb")
        say = lambda text: peer.sendall(text.encode() + b"\r\n")  # noqa: E731
        say("220 sink")
        for line in file:
            word = line[:4].upper()
            if word == b"EHLO":
                say("250 sink")
            elif word == b"RCPT":
                self.to.append((time.monotonic(), line))
                say("250 ok")
            elif word == b"DATA":
                say("354 go on")
                while file.readline() not in (b".\r\n", b""):
                    pass
                self.mails += 1
                self.last = time.monotonic()
                self.first = self.first or self.last
                say("250 taken")
            elif word == b"QUIT":
                say("221 bye")
                peer.close()
                return
            else:
                say("250 ok")


class Speed(Case):
    def test_five_thousand_receivers(self):
        sink = Sink()
        self.configure(f"smtp = 127.0.0.1:{sink.port}", "rates = off", "mail.per_hour = 100000")
        now = int(time.time())
        with sqlite3.connect(os.path.join(self.home, "private", "journal.db")) as db:
            db.executemany("insert into subscriber (email, status, secret, asked_at, confirmed_at) values (?, 1, ?, 1, 1)",
                           ((f"r{n}@other.test", f"s{n}") for n in range(COUNT)))
            body = "<p>" + "Words of a letter that is long. " * 620 + "</p>"
            db.execute("update entry set body_html = ? where path = '/one.html'", (body,))
            db.execute("insert into mailing (kind, status, entry_id, send_at, created_at) select 0, 1, id, ?, ? from entry "
                       "where path = '/one.html'", (now, now))
            db.execute("insert into job (kind, subject, run_at, priority) values (10, 1, ?, 7)", (now,))
        begun = time.monotonic()
        worker = subprocess.Popen([WORK, "--home", self.home])
        read = lambda sql: self.rows(sql)[0][0]  # noqa: E731
        while read("select status from mailing") != 3:
            time.sleep(0.005)
        queued = time.monotonic() - begun
        asked = time.monotonic()
        self.ask("POST", "/subscribe", {"email": "bea@other.test"}, {"HTTP_ORIGIN": "http://journal.test"})
        worker.wait()  # another one may go on, begun by the request
        while read("select status from mailing") != 5:
            time.sleep(0.05)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        confirmed = next(at for at, line in sink.to if b"bea@" in line) - asked
        each = (sink.mails - 1) / (sink.last - sink.first)
        print(f"queued in {queued:.2f} s; {each:.0f} a second, {sink.connections} connections; a confirmation after {confirmed:.2f} s; "
              f"at most {peak} MB", file=sys.stderr)
        self.assertEqual(sink.mails, COUNT + 1)
        self.assertLess(queued, 1)
        self.assertGreater(each, 200)
        self.assertLess(confirmed, 5)
        self.assertLess(peak, 64)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "Speed"])
