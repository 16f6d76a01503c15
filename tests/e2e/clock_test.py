#!/usr/bin/python3
"""A machine whose clock is wrong and is set right: what was written meanwhile stops nobody. The programs see a clock that
libfaketime moves; all else here keeps the right one."""
import glob
import json
import os
import re
import socket
import subprocess
import time
import unittest

import mail_peer
from webmention_test import Case, DAYBOOK
from worker_test import workers

SAME = {"HTTP_ORIGIN": "http://journal.test"}
LIBRARY = next(iter(glob.glob("/usr/lib/*/faketime/libfaketime.so.1")), None)
DAY = 86400


def moved(days):
    return {"LD_PRELOAD": LIBRARY, "FAKETIME": f"{days:+}d"}


@unittest.skipUnless(LIBRARY, "libfaketime is not here")
class Clock(Case):
    def setUp(self):
        super().setUp()
        self.peer = mail_peer.Peer()
        self.addCleanup(self.peer.stop)
        self.set_up()

    def set_up(self, *more):
        self.configure(f"smtp = 127.0.0.1:{self.peer.port}", "rates = off", *more)

    def work_at(self, days):
        run = subprocess.run([DAYBOOK, "work", "--home", self.home], env={"PATH": os.environ["PATH"], **moved(days)}, timeout=60)
        self.assertEqual(run.returncode, 0)

    def comment(self, text, clock):
        page = self.ask("GET", "/one.html", headers=clock)[2]
        sign = re.search(r'data-sign="([^"]+)"', page)[1]
        form = {"author": "Bea", "post": text, "action": "create", "signature": self.ask("GET", sign, headers=clock)[2]}
        return self.ask("POST", "/one/comment", form, clock | {"HTTP_SEC_FETCH_SITE": "same-origin"})

    def mailed(self):
        to = [mail.rcpt_tos[0] for mail in self.peer.mails]
        self.peer.mails.clear()
        return to

    def test_the_library_moves_the_clock_of_the_programs(self):
        self.ask("POST", "/subscribe", {"email": "bea@other.test"}, SAME | moved(40))
        asked, = self.rows("select asked_at from subscriber")[0]
        self.assertAlmostEqual(asked - time.time(), 40 * DAY, delta=120)

    def test_mail_goes_on_at_once_after_the_clock_ran_ahead(self):
        self.set_up("mail.per_hour = 4")
        for name in ("ann", "ben", "cleo"):
            self.ask("POST", "/subscribe", {"email": f"{name}@other.test"}, SAME | moved(40))
        self.work_at(40)
        self.assertEqual(len(self.mailed()), 3)
        self.assertGreater(self.rows("select min(sent_at) from mail")[0][0], time.time() + 39 * DAY)
        self.ask("POST", "/subscribe", {"email": "dora@other.test"}, SAME)
        self.work()
        self.assertEqual(self.mailed(), ["dora@other.test"])
        self.assertLessEqual(self.rows("select max(sent_at) from mail")[0][0], time.time())

    def test_a_lease_from_the_future_is_nobodys(self):
        deaf = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(deaf.close)
        self.configure(f"smtp = 127.0.0.1:{deaf.getsockname()[1]}", "rates = off")
        self.change("insert into mail (template, recipient, fields, created_at) values (0, 'ann@other.test', ?, ?)",
                    json.dumps({"link": "http://journal.test/x"}), int(time.time()))
        self.change("insert into job (kind, subject, priority, run_at) select 0, id, 0, 0 from mail")
        work = subprocess.Popen([DAYBOOK, "work", "--home", self.home], env={"PATH": os.environ["PATH"], **moved(40)})
        self.until(lambda: self.rows("select lease_ends from job")[0][0] > time.time() + DAY)
        work.kill()  # first, or it would start another one
        work.wait()
        for pid in workers(self.home):
            os.kill(pid, 9)
        self.set_up()
        self.work()
        self.assertEqual(self.mailed(), ["ann@other.test"])

    def test_a_next_try_from_the_future_is_drawn_near(self):
        self.peer.replies["RCPT"] = "450 later"
        self.ask("POST", "/subscribe", {"email": "ann@other.test"}, SAME | moved(400))
        self.work_at(400)
        self.assertEqual(self.rows("select attempts > 0, run_at > ? from job where kind = 0", int(time.time()) + 399 * DAY), [(1, 1)])
        self.peer.replies.clear()
        self.work()
        self.assertEqual(self.mailed(), ["ann@other.test"])

    def test_readers_and_those_who_write_are_served_on_both_sides_of_the_change(self):
        soon = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() + 20 * DAY))
        subprocess.run([DAYBOOK, "entry", "--home", self.home, "--date", soon, "--title", "Soon", "publish", "-"], check=True,
                       input="Of the future.", text=True, capture_output=True)
        path, = self.rows("select path from entry where title = 'Soon'")[0]
        self.configure("rates = on")
        for number, days in enumerate((0, 40, 0, -400, 0)):
            clock = moved(days) if days else {}
            self.assertEqual(self.ask("GET", "/", headers=clock)[0], 200)
            if number < 2:  # what was public once may stay so
                self.assertEqual(self.ask("GET", path, headers=clock)[0], 200 if days else 404)
            status, _, page = self.comment(f"Number {number}", clock)
            self.assertEqual(status, 303, page[:3000])
            self.assertEqual(self.rows("select count(*) from comment")[0][0], number + 1)
        self.assertEqual(self.rows("pragma integrity_check"), [("ok",)])


if __name__ == "__main__":
    unittest.main()
