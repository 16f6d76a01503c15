#!/usr/bin/python3
"""SMTP servers that stall, close, say 421 in the middle, refuse one of many or put everybody off at first: nobody is left
out, nobody served twice, and the log and the owner's page say why."""
import os
import socket
import sqlite3
import subprocess
import threading
import time
import unittest

import mail_peer
from admin_mail_test import Site
from journal_site import until
from smtp_test import Mail

STALL, CLOSE = object(), object()


class Scripted:
    """A server of which `say(line, talk)` decides the answers: a text, STALL (nothing more, the line stays open), CLOSE, or
    None for the usual one. `line` is "" for the greeting and "." for the end of a text. `talk`: number of the connection,
    of the message on it, and the recipient."""

    def __init__(self, say):
        self.say, self.taken, self.connections, self.commands = say, [], 0, []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.open = []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            self.connections += 1
            self.open.append(connection)
            threading.Thread(target=self.talk, args=(connection, self.connections), daemon=True).start()

    def talk(self, connection, number):
        lines, message, to = connection.makefile("rb"), 0, ""
        usual = {"": "220 here", "EHLO": "250 here", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 taken", "QUIT": "221 bye"}
        line = ""
        try:
            while True:
                said = self.say(line, (number, message, to))
                if said is STALL:
                    return
                if said is CLOSE:
                    connection.shutdown(socket.SHUT_RDWR)
                    return connection.close()
                said = said or usual.get(line.split(" ")[0], "250 ok")
                if line == "." and said.startswith("2"):
                    self.taken.append(to)
                connection.sendall(said.encode() + b"\r\n")
                if said.startswith(("221", "421")) or not said[:3].isdigit():
                    return connection.close()
                if line == "DATA" and said.startswith("354"):
                    while lines.readline() not in (b".\r\n", b""):
                        pass
                    line = "."
                    continue
                line = lines.readline().decode().strip()
                if not line:
                    return connection.close()
                self.commands.append(line)
                if line.startswith("MAIL"):
                    message += 1
                if line.startswith("RCPT"):
                    to = line.split("<")[1].split(">")[0]
        except OSError:
            pass

    def stop(self):
        self.server.close()
        for connection in self.open:
            connection.close()


class Faults(Mail):
    def scripted(self, say):
        peer = Scripted(say)
        self.addCleanup(peer.stop)
        self.change("delete from setting where name = 'smtp'")
        self.configure(f"smtp = 127.0.0.1:{peer.port}", "rates = off")
        return peer

    def worker(self):
        done = subprocess.run([os.path.join(os.path.dirname(mail_peer.DAYBOOK), "daybook-work"), "--home", self.home],
                              capture_output=True, text=True, timeout=150)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr

    def again(self):
        """What was put off is due."""
        self.change("update job set run_at = 0")
        return self.worker()

    def put_off(self, log, why):
        self.assertRegex(log, rf"daybook-work: mail \d+ is tried again: .*{why}")
        self.assertNotIn("@", log)  # nobody's address
        self.assertRegex(self.error(), why)
        ((run_at, dead),) = self.rows("select run_at, dead from job")
        self.assertTrue(dead == 0 and run_at > time.time())

    def test_one_that_closes_or_says_421_in_the_middle_gets_it_later_once(self):
        for at, answer, why in (("", CLOSE, "."), ("EHLO", CLOSE, "."), ("MAIL", CLOSE, "."), ("RCPT", CLOSE, "."), ("DATA", CLOSE, "."),
                                ("", "421 4.3.2 too busy", "421|."), ("MAIL", "421 4.3.2 closing", "421 4.3.2"),
                                ("RCPT", "421 4.3.2 closing", "421 4.3.2"), ("DATA", "421 4.3.2 closing", "421 4.3.2"), (".", "421 4.3.2 closing", "421 4.3.2")):
            with self.subTest(at=at, answer=answer):
                self.change("delete from job")
                fault = [True]
                peer = self.scripted(lambda line, talk: answer if fault[0] and line.split(" ")[0] == at else None)
                self.queue()
                self.put_off(self.worker(), why)
                self.assertEqual((peer.taken, self.suppressed()), ([], []))
                fault[0] = False
                self.again()
                self.assertEqual(peer.taken, ["bea@other.test"])
                self.assertEqual(self.rows("select count(*) from job"), [(0,)])

    def test_greylisting_takes_it_at_the_second_time(self):
        seen = set()

        def say(line, talk):
            if line.startswith("RCPT") and line not in seen:
                seen.add(line)
                return "450 4.2.0 Greylisted, come back in a minute"
        peer = self.scripted(say)
        for i in range(3):
            self.queue(f"s{i}@other.test")
        log = self.worker()
        self.assertEqual(peer.taken, [])
        self.assertEqual(log.count("450 4.2.0 Greylisted"), 3)
        self.again()
        self.assertEqual(sorted(peer.taken), [f"s{i}@other.test" for i in range(3)])
        self.assertEqual(self.rows("select count(*) from job"), [(0,)])

    def test_a_refusal_is_not_tried_again_and_its_log_line_says_so(self):
        peer = self.scripted(lambda line, talk: "554 5.7.1 no thank you" if line.startswith("RCPT") else None)
        self.queue()
        self.assertRegex(self.worker(), r"daybook-work: mail \d+ was refused: 554 5.7.1 no thank you")
        self.assertEqual((peer.taken, self.suppressed(), self.rows("select count(*) from job")), ([], [], [(0,)]))

    def test_any_2xx_after_the_text_is_a_yes(self):
        for at, answer, taken in ((".", "299 it is here", ["bea@other.test"]), ("DATA", "250 no need", [])):
            self.change("delete from job")
            peer = self.scripted(lambda line, talk: answer if line.split(" ")[0] == at else None)
            self.queue()
            self.worker()
            self.assertEqual(peer.taken, taken)
            self.assertEqual(self.rows("select count(*) from job"), [(0 if taken else 1,)], at)

    def test_garbage_for_answers_is_put_off(self):
        for answer in ("hello there", "99999999999999999999 x", "250-" + "x" * 20000, "\x00\xff\x1b[31m"):
            with self.subTest(answer=answer[:20]):
                self.change("delete from job")
                self.scripted(lambda line, talk: answer if line == "" else None)
                self.queue()
                started = time.monotonic()
                log = self.worker()
                self.assertRegex(log, "is tried again")
                self.assertNotIn("\x1b", log)
                self.assertLess(len(log), 2000)
                self.assertLess(time.monotonic() - started, 60)

    def test_one_that_stalls_costs_a_minute_and_loses_nothing(self):
        peer = self.scripted(lambda line, talk: STALL if talk[0] == 1 and line.split(" ")[0] == "RCPT" else None)
        self.queue()
        started = time.monotonic()
        self.put_off(self.worker(), "[Tt]ime")
        self.assertLess(time.monotonic() - started, 100)
        self.assertEqual(peer.taken, [])
        self.again()
        self.assertEqual(peer.taken, ["bea@other.test"])


class Many(Site):
    """A letter to many, with a server that has its moods."""
    COUNT = 40

    def setUp(self):
        super().setUp()
        self.mood = lambda line, talk: None
        self.relay = Scripted(lambda line, talk: self.mood(line, talk))
        self.addCleanup(self.relay.stop)
        self.site.set("smtp", f"127.0.0.1:{self.relay.port}")
        self.site.set("mail.per_hour", "100000")
        self.assertIn("took the test mail", self.try_mail().words)
        self.relay.taken.clear()
        lines = ["email"] + [f"s{i:02}@other.test" for i in range(self.COUNT)]
        page = self.ada.get("/admin/subscribers").page
        self.ada.send(page, {"csv": "\n".join(lines), "note": "a list"}, ("act", "import"), self.form(page, "import"))
        page = self.ada.get("/admin/write").page
        self.ada.send(page, {"title": "Tide", "body": "Mud."}, ("action", "publish"), page.one("#write"))

    def send(self, count):
        self.press("now", "/admin/mailings")
        self.wait(count)

    def wait(self, count):
        def enough():
            # What waits for a pause of the server or of a copy need not.
            with self.database() as database:
                database.execute("update job set run_at = 0 where kind = 10 and lease_ends = 0")
                database.execute("update mail set try_at = 0 where try_at > 0 and sent_at is null and failed_at is null")
            self.site.daybook("work")
            return len(set(self.relay.taken)) >= count
        until(enough, f"{count} copies", 60)

    def database(self):
        return sqlite3.connect(self.site.home / "private/journal.db", timeout=10)

    def everyone(self, but=()):
        return [f"s{i:02}@other.test" for i in range(self.COUNT) if i not in but]

    def test_one_refused_of_many_stops_nobody_else(self):
        self.mood = lambda line, talk: "550 5.1.1 No such user" if line.startswith("RCPT TO:<s07@") else None
        self.send(self.COUNT - 1)
        self.assertEqual(sorted(self.relay.taken), self.everyone(but=(7,)))
        until(lambda: f"{self.COUNT - 1} sent, 1 refused" in self.words("/admin/mailings"), "the end")
        self.assertEqual(self.rows("select email, status from subscriber where status <> 1"), [("s07@other.test", 3)])
        self.assertIn("550 5.1.1 No such user", self.words())

    def test_a_quota_that_is_used_up_loses_no_copy(self):
        # As hosts say it, at whatever command: whoever it is for, so it is nobody's own refusal.
        for at, answer in (("RCPT", "550 5.4.5 Daily user sending quota exceeded"), ("MAIL", "550 Domain has exceeded the max emails per hour"),
                           (".", "554 5.7.1 Limit reached, discarded"), ("", "554 5.7.1 Your network is listed")):
            with self.subTest(at=at):
                self.relay.taken.clear()
                self.rows("delete from mailing where kind <> 0")
                self.rows("update mail set mailing_id = 0 - id where mailing_id is not null")
                self.rows("update mailing set status = 2, queued_to = 0, began_at = 1, ended_at = null")
                self.rows("insert or replace into job (kind, subject, run_at, priority) select 10, id, 0, 7 from mailing")
                self.mood = lambda line, talk: answer if line.split(" ")[0] == at and (not at or len(self.relay.taken) >= 10) else None
                self.site.daybook("work")
                self.assertEqual(self.rows("select count(*) from mail where failed_at is not null and mailing_id > 0"), [(0,)])
                self.assertIn(answer[4:30], self.words())
                self.mood = lambda line, talk: None
                self.wait(self.COUNT)
                self.assertEqual(sorted(self.relay.taken), self.everyone())

    def test_another_server_set_in_the_middle_gets_the_rest(self):
        def mood(line, talk):
            if line == ".":
                time.sleep(0.25)  # eight of them in a turn
        self.mood = mood
        other = Scripted(lambda line, talk: None)
        self.addCleanup(other.stop)
        self.press("now", "/admin/mailings")
        until(lambda: len(self.relay.taken) > 2, "the first copies")
        self.site.set("smtp", f"127.0.0.1:{other.port}")
        self.site.daybook("work", "--for", "20")
        until(lambda: len(self.relay.taken) + len(other.taken) >= self.COUNT, "all of them", 30)
        self.assertEqual(sorted(self.relay.taken + other.taken), self.everyone())
        self.assertGreater(len(other.taken), self.COUNT // 2)

    def test_one_refused_of_many_is_not_tried_again(self):
        asked = []

        def mood(line, talk):
            if line.startswith("RCPT TO:<s39@") or line.startswith("RCPT TO:<s11@"):
                asked.append(line)
                return "550 5.7.1 Not wanted here"
        self.mood = mood
        self.send(self.COUNT - 2)
        until(lambda: f"{self.COUNT - 2} sent, 2 refused" in self.words("/admin/mailings"), "the end")
        self.assertEqual(len(asked), 2)

    def test_a_server_that_is_slow_to_refuse_rests_after_one(self):
        def mood(line, talk):
            if line.startswith("RCPT"):
                time.sleep(11)
                return "451 4.3.0 not now"
        self.mood = mood
        started = time.monotonic()
        self.press("now", "/admin/mailings")
        self.site.daybook("work")
        self.assertLess(time.monotonic() - started, 40)
        ((run_at,),) = self.rows("select run_at from job where kind = 10")
        self.assertGreater(run_at, time.time() + 60)

    def test_421_in_the_middle_goes_on_on_a_new_connection(self):
        said = []

        def mood(line, talk):
            if line.startswith("MAIL") and len(said) < 3 and talk[1] == 6:
                said.append(talk)
                return "421 4.7.0 enough for one connection"
        self.mood = mood
        self.send(self.COUNT)
        self.assertEqual(sorted(self.relay.taken), self.everyone())
        self.assertEqual(len(said), 3)
        self.assertEqual(self.rows("select count(*) from mail where failed_at > 0"), [(0,)])

    def test_one_that_closes_in_the_middle_of_a_text_serves_everyone_once(self):
        closed = []

        def mood(line, talk):
            if line == "DATA" and len(closed) < 2 and talk[1] == 5:
                closed.append(talk)
                return CLOSE
        self.mood = mood
        self.send(self.COUNT)
        self.assertEqual(sorted(self.relay.taken), self.everyone())

    def test_greylisting_of_each_serves_everyone_once(self):
        seen = set()

        def mood(line, talk):
            if line.startswith("RCPT") and line not in seen:
                seen.add(line)
                return "450 4.2.0 Greylisted"
        self.mood = mood
        self.send(self.COUNT)
        self.assertEqual(sorted(self.relay.taken), self.everyone())


if __name__ == "__main__":
    unittest.main()
