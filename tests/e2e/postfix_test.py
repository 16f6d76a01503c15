#!/usr/bin/python3
"""Mail through a real Postfix: by SMTP with STARTTLS, by its sendmail, over ::1; what it refuses and puts off; and what comes back."""
import email
import email.policy
import os
import socket
import subprocess
import unittest

import mail_peer
import postfix_peer
from journal_site import until
from smtp_test import HOST, Mail


class Postfix(Mail):
    def setUp(self):
        if why := postfix_peer.why_not():
            self.skipTest(why)
        super().setUp()
        os.chmod(self.folder.name, 0o755)
        self.sink = self.peer()

    def postfix(self, **options):
        started = postfix_peer.Postfix(os.path.join(self.folder.name, "postfix"), self.sink.port, **options)
        self.addCleanup(started.stop)
        return started

    def came(self, count=1):
        until(lambda: len(self.sink.mails) >= count, f"{count} mails\n{self.relay.log.read_text()}")
        return self.sink.mails

    def test_by_smtp_with_starttls_and_a_certificate_that_fits(self):
        _, file = mail_peer.certificate(self.folder.name, HOST)
        self.relay = self.postfix(certificate=file, key=file.replace(".pem", ".key"))
        self.configure(f"smtp = {HOST}:{self.relay.port}", "smtp.tls = starttls", "rates = off")
        self.queue(entry="Über die Küste\r\nBcc: all@other.test")
        self.work(SSL_CERT_FILE=file)
        mail, = self.came()
        self.assertEqual((mail.mail_from, mail.rcpt_tos), ("ann@journal.test", ["bea@other.test"]))
        message = email.message_from_bytes(mail.content, policy=email.policy.SMTP.clone(raise_on_defect=True))
        self.assertIn("Über die Küste Bcc: all@other.test", message.get_body(("plain",)).get_content())
        self.assertIn("with ESMTPS", " ".join(message.get_all("Received")))

    def test_without_the_certificate_s_name_nothing_is_said(self):
        _, file = mail_peer.certificate(self.folder.name, "other.example")
        self.relay = self.postfix(certificate=file, key=file.replace(".pem", ".key"))
        self.configure(f"smtp = {HOST}:{self.relay.port}", "rates = off")
        self.queue()
        self.work(SSL_CERT_FILE=file)
        self.assertTrue(self.error())
        self.assertNotIn("from=<ann@", self.relay.log.read_text())

    def test_by_its_sendmail(self):
        self.relay = self.postfix()
        self.configure("mail = sendmail", f"mail.program = {self.relay.sendmail}", "rates = off")
        self.queue(entry=".\n..")
        self.work()
        mail, = self.came()
        self.assertEqual((mail.mail_from, mail.rcpt_tos), ("ann@journal.test", ["bea@other.test"]))
        message = email.message_from_bytes(mail.content, policy=email.policy.SMTP.clone(raise_on_defect=True))
        self.assertEqual(message["To"], "bea@other.test")
        self.assertEqual(self.rows("select count(*) from mail where sent_at > 0"), [(1,)])

    def test_over_ipv6(self):
        try:
            socket.socket(socket.AF_INET6).bind(("::1", 0))
        except OSError as error:
            self.skipTest(f"::1: {error}")
        self.relay = self.postfix(six=True)
        self.configure(f"smtp = [::1]:{self.relay.six_port}", "rates = off")
        self.queue()
        self.work()
        self.assertEqual(len(self.came()), 1)

    def test_whom_it_does_not_know_is_never_written_to_again_and_who_is_put_off_is(self):
        self.relay = self.postfix(says=[("grey@other.test", "450 4.2.0 Greylisted"), ("shut@other.test", "554 5.7.1 Not from you")])
        self.configure(f"smtp = 127.0.0.1:{self.relay.port}", "rates = off")
        for to in ("nobody@local.test", "grey@other.test", "shut@other.test", "bea@other.test"):
            self.queue(to)
        self.work()
        self.came()
        self.assertEqual(self.suppressed(), ["nobody@local.test"])
        self.assertIn("450 4.2.0", self.error())
        self.assertEqual(self.rows("select m.recipient from job j join mail m on m.id = j.subject"), [("grey@other.test",)])
        self.assertEqual([e[:9] for e, in self.rows("select error from mail where failed_at > 0 order by id")], ["550 5.1.1", "554 5.7.1"])

    def test_what_comes_back_later_is_read_from_a_pipe(self):
        self.relay = self.postfix()
        self.configure(f"smtp = 127.0.0.1:{self.relay.port}", "rates = off", "mail.bounces = bounces@journal.test")
        self.sink.replies["RCPT"] = lambda to: "550 5.1.1 No such user here" if to == "gone@other.test" else None
        self.queue("gone@other.test")
        self.work()
        # Only now it is refused: Postfix writes to the envelope's sender.
        back, = self.came()
        self.assertRegex(back.rcpt_tos[0], r"^bounces\+\d+-[0-9a-z]+@journal\.test$")
        done = subprocess.run([mail_peer.DAYBOOK, "bounce", "--home", self.home, back.rcpt_tos[0]], input=back.content, capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.suppressed(), ["gone@other.test"])


if __name__ == "__main__":
    unittest.main()
