#!/usr/bin/python3
"""What a mail is, as a receiver's program reads it: two forms, every script, nothing injected; one connection for many;
signed; and what came back."""
import asyncio
import email
import email.policy
import json
import re
import socket
import subprocess
import threading
import time
import unittest

import dkim

import mail_peer
from smtp_test import Mail

STRICT = email.policy.SMTP.clone(raise_on_defect=True)


class Letters(Mail):
    def setUp(self):
        super().setUp()
        self.server = self.peer()
        self.settings = [f"smtp = 127.0.0.1:{self.server.port}", "rates = off", "mail.per_hour = 100000"]
        self.configure(*self.settings)

    def sent(self):
        self.work()
        return [email.message_from_bytes(mail.content, policy=STRICT) for mail in self.server.mails]


class Messages(Letters):
    def test_text_and_html_say_the_same_and_load_nothing(self):
        self.queue(entry="Über “uns” 日本 & <b>x</b>", entry_url="http://journal.test/x?a=1&b=2")
        mail, = self.sent()
        self.assertEqual(mail.get_content_type(), "multipart/alternative")
        text, html = (part.get_content().replace("\r\n", "\n") for part in mail.iter_parts())
        self.assertEqual([part.get_content_type() for part in mail.iter_parts()], ["text/plain", "text/html"])
        self.assertIn("Über “uns” 日本 & <b>x</b>\n", text)
        self.assertIn("Über “uns” 日本 &amp; &lt;b&gt;x&lt;/b&gt;", html)
        self.assertIn('href="http://journal.test/x"', html)
        self.assertNotRegex(html, r"<(img|link|script|iframe|object)\b|url\(|@import|\son\w+=")
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        self.assertTrue(mail["Date"].datetime and mail["Message-ID"])

    def test_every_script_stands_in_names_and_no_line_is_long(self):
        for name in ("Ünïcode \"quoted\" \\ name", "日本語のとても長い名前" * 6, "مجلة", "a" * 100, "=?UTF-8?Q?x?=", "Ann, Bea; <c@d.e>"):
            self.server.mails.clear()
            self.change("delete from setting where name = 'mail.from_name'")
            self.configure(*self.settings, f"mail.from_name = {name[:60]}")
            self.queue()
            mail, = self.sent()
            # Python puts a blank between two encoded words of a name (RFC 2047, 6.2 has none).
            self.assertEqual(mail["From"].addresses[0].display_name.replace(" ", ""), name[:60].replace(" ", ""))
            self.assertEqual(mail["From"].addresses[0].addr_spec, "ann@journal.test")
            self.assertLessEqual(max(map(len, self.server.mails[0].content.split(b"\r\n"))), 78)

    def test_an_address_with_a_comma_is_still_one(self):
        self.queue(leave="http://journal.test/a,b/leave")
        self.assertEqual(self.sent()[0]["List-Unsubscribe"], "<http://journal.test/a%2Cb/leave>")

    def test_no_field_makes_a_header(self):
        for hostile in ("x\r\nBcc: all@other.test", "x\nBcc: all@other.test\n\nbody", "x\0\x0bBcc:y", "\u2028Bcc: z", "x" * 5000 + "\r\nBcc: q"):
            self.server.mails.clear()
            self.queue(entry=hostile, entry_url=hostile, link=hostile, leave=hostile, list=hostile)
            mail, = self.sent()
            self.assertEqual((mail["Bcc"], mail["To"], mail["List-Unsubscribe"], mail["List-Id"]), (None, "bea@other.test", None, None))


class Lines(Letters):
    def test_many_go_over_one_connection(self):
        opened = []
        peer = self.server.server.handler

        async def greet(server, session, envelope, host_name):
            opened.append(session.peer)
            session.host_name = host_name
            return "250 mail.test"
        peer.handle_HELO = greet
        for number in range(50):
            self.queue(f"r{number}@other.test")
        self.assertEqual(len(self.sent()), 50)
        self.assertEqual(len({session for session in (mail.rcpt_tos[0] for mail in self.server.mails)}), 50)

    def raw(self, script):
        """A server that says what `script(number, line)` says at each command of connection `number`; None closes."""
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        self.connections, self.taken = 0, []

        def serve():
            while True:
                try:
                    line, _ = listener.accept()
                except OSError:
                    return
                self.connections += 1
                number, data, rcpt = self.connections, False, ""
                line.sendall(b"220 raw\r\n")
                stream = line.makefile("rb")
                for command in stream:
                    word = command.strip().decode()
                    if data:
                        if word != ".":
                            continue
                        data, word = False, "."
                    if word.startswith("RCPT"):
                        rcpt = word
                    said = script(number, word)
                    if said is None:
                        break
                    data = said.startswith("354")
                    if word == "." and said.startswith("250"):
                        self.taken.append(rcpt)
                    line.sendall(said.encode() + b"\r\n")
                stream.close()
                line.close()
        threading.Thread(target=serve, daemon=True).start()
        self.configure(f"smtp = 127.0.0.1:{listener.getsockname()[1]}", "rates = off", "mail.per_hour = 100000")

    def usual(self, word):
        return "354 go on" if word == "DATA" else "250 OK"

    def waiting(self):
        return self.rows("select count(*) from job")[0][0]

    def test_a_421_in_the_middle_ends_the_connection_and_no_mail(self):
        count = [0]

        def script(number, word):
            count[0] += word.startswith("MAIL")
            return "421 too many for one connection" if word.startswith("MAIL") and count[0] == 3 else self.usual(word)
        self.raw(script)
        for number in range(5):
            self.queue(f"r{number}@other.test")
        self.work()
        self.assertEqual((len(self.taken), len(set(self.taken)), self.connections, self.waiting()), (5, 5, 2, 0))

    def test_one_that_is_refused_is_nobody_elses(self):
        self.raw(lambda number, word: "550 5.1.1 none" if word.startswith("RCPT TO:<r2@") else self.usual(word))
        for number in range(5):
            self.queue(f"r{number}@other.test")
        self.work()
        self.assertEqual((len(self.taken), self.waiting(), self.suppressed()), (4, 0, ["r2@other.test"]))

    def test_greylisted_ones_come_again(self):
        self.raw(lambda number, word: "451 4.7.1 greylisted" if word.startswith("RCPT") and not self.later else self.usual(word))
        self.later = False
        self.queue()
        self.work()
        self.assertEqual((self.taken, self.waiting()), ([], 1))
        self.assertIn("greylisted", self.error())
        self.later = True
        self.change("update job set run_at = 0")
        self.work()
        self.assertEqual((len(self.taken), self.waiting(), self.suppressed()), (1, 0, []))

    def test_a_server_that_closes_loses_nothing(self):
        for where in ("EHLO", "MAIL", "RCPT", "DATA", "."):
            self.change("delete from job")
            self.raw(lambda number, word: None if word.startswith(where) else self.usual(word))
            self.queue()
            self.work()
            self.assertEqual((self.taken, self.waiting(), self.suppressed()), ([], 1, []), where)

    def test_200_a_second(self):
        self.raw(lambda number, word: self.usual(word))
        for number in range(400):
            self.change("insert into mail (template, recipient, fields, created_at) values (1, ?, '{}', 1)", f"r{number}@other.test")
        self.change("insert into job (kind, subject, priority, run_at) select 0, id, 0, 0 from mail")
        begun = time.monotonic()
        self.work()
        self.assertEqual((len(self.taken), self.connections), (400, 1))
        print(f"{400 / (time.monotonic() - begun):.0f} single mails a second, each a job of its own")


class Signed(Letters):
    def test_a_signature_covers_text_and_headers(self):
        said = self.run_daybook("dkim", "--home", self.home)
        name, record = said.strip().split("\n")[-2:]
        self.assertTrue(name.endswith("._domainkey.journal.test"), said)
        self.queue(entry="Grüße  aus   Köln " * 30, leave="http://journal.test/leave", list="comments-1")
        self.work()
        raw = self.server.mails[0].content
        asked = []

        def dns(query, timeout=5):
            asked.append(query.decode().rstrip("."))
            return record.encode()
        self.assertTrue(dkim.verify(raw, dnsfunc=dns))
        self.assertEqual(asked, [name])
        covered = re.sub(r"\s", "", email.message_from_bytes(raw)["DKIM-Signature"])
        for header in ("from", "to", "subject", "list-unsubscribe", "list-unsubscribe-post"):
            self.assertIn(header, covered.split("h=")[1].split(";")[0].split(":"))
        for changed in (raw.replace(b"Subject: ", b"Subject: x", 1), raw + b"more\r\n", b"From: <evil@journal.test>\r\n" + raw,
                        raw.replace(b"/leave>", b"/other>", 1)):
            self.assertFalse(dkim.verify(changed, dnsfunc=dns))
        self.assertEqual(self.run_daybook("dkim", "--home", self.home), said, "the same key")
        self.assertNotIn("PRIVATE", said)

    def test_the_key_is_for_nobody_else(self):
        self.run_daybook("dkim", "--home", self.home)
        self.assertEqual(subprocess.check_output(["stat", "-c%a", f"{self.home}/private/dkim.pem"], text=True).strip(), "600")


REPORT = """From: MAILER-DAEMON@mx.test\r
To: <{to}>\r
MIME-Version: 1.0\r
Content-Type: multipart/report; report-type=delivery-status; boundary=b\r
\r
--b\r
Content-Type: text/plain\r
\r
Sorry.\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mx.test\r
\r
Final-Recipient: rfc822; bea@other.test\r
Action: {action}\r
Status: {status}\r
Diagnostic-Code: smtp; 550 {status} what it was\r
--b--\r
"""


class Bounces(Letters):
    def setUp(self):
        super().setUp()
        self.configure(*self.settings, "mail.bounces = back@journal.test")
        self.queue()
        self.work()
        self.sender = self.server.mails[0].mail_from

    def bounce(self, mail, *words):
        done = subprocess.run([mail_peer.DAYBOOK, "bounce", "--home", self.home, *words], input=mail.encode(), capture_output=True,
                              timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return self.suppressed()

    def test_the_envelope_sender_names_the_copy(self):
        self.assertRegex(self.sender, r"^back\+\d+-[0-9a-f]{16}@journal\.test$")

    def test_a_report_of_no_such_mailbox_ends_the_address(self):
        self.assertEqual(self.bounce(REPORT.format(to=self.sender, action="failed", status="5.1.1")), ["bea@other.test"])
        self.assertIn("5.1.1", self.rows("select error from mail")[0][0])

    def test_delays_full_mailboxes_and_refusals_of_us_do_not(self):
        for action, status in (("delayed", "4.4.1"), ("failed", "5.2.2"), ("failed", "5.7.1"), ("delivered", "2.0.0"), ("failed", "4.1.1")):
            self.assertEqual(self.bounce(REPORT.format(to=self.sender, action=action, status=status)), [], (action, status))

    def test_an_old_one_has_it_in_its_words(self):
        plain = f"From: MAILER-DAEMON@mx.test\nTo: {self.sender.upper()}\nSubject: failure notice\n\nRemote host said: 550 5.1.1 No such user here\n"
        self.assertEqual(self.bounce(plain), ["bea@other.test"])

    def test_the_mail_server_may_say_whom_it_came_to(self):
        self.assertEqual(self.bounce(REPORT.format(to="back@journal.test", action="failed", status="5.1.1"), self.sender), ["bea@other.test"])

    def test_an_old_one_is_nothing_for_who_has_its_number_now(self):
        # The newest rows of a table give their numbers back.
        self.change("delete from mail")
        self.queue("carl@other.test")
        self.work()
        self.assertEqual(self.sender.split("-")[0], self.server.mails[-1].mail_from.split("-")[0])
        self.assertEqual(self.bounce(REPORT.format(to=self.sender, action="failed", status="5.1.1")), [])
        self.assertEqual(self.bounce(REPORT.format(to=self.server.mails[-1].mail_from, action="failed", status="5.1.1")), ["carl@other.test"])

    def test_forged_ones_and_absences_change_nothing(self):
        wrong = re.sub(r"-(.)", lambda m: "-" + ("0" if m[1] != "0" else "1"), self.sender, count=1)
        number = re.search(r"\d+", self.sender)[0]
        other = self.sender.replace(f"+{number}-", f"+9{number}-")
        for to in (wrong, other, "back+@journal.test", "back@journal.test", "back+" + "9" * 40 + "-0@journal.test"):
            self.assertEqual(self.bounce(REPORT.format(to=to, action="failed", status="5.1.1")), [], to)
        self.assertEqual(self.bounce(f"To: {self.sender}\nAuto-Submitted: auto-replied\n\nI am away until 5 May.\n"), [])
        self.assertEqual(self.bounce(""), [])
        self.assertEqual(self.bounce("back+1-" * 200_000), [])


if __name__ == "__main__":
    unittest.main()
