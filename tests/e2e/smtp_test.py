#!/usr/bin/python3
"""How a mail leaves: SMTP plain, with STARTTLS, with TLS, with a name; what is refused; the host's sendmail."""
import email
import email.policy
import json
import os
import pathlib
import stat
import time
import unittest

import mail_peer
from webmention_test import Case

# Resolves to this machine, but is no name that is believed without a certificate.
HOST = "mail.localhost"


class Mail(Case):
    environment = {}

    def peer(self, **options):
        peer = mail_peer.Peer(**options)
        self.addCleanup(peer.stop)
        return peer

    def queue(self, to="bea@other.test", **fields):
        self.change("insert into mail (template, recipient, fields, created_at) values (0, ?, ?, ?)", to,
                    json.dumps({"link": "http://journal.test/x", **fields}), int(time.time()))
        self.change("insert into job (kind, subject, priority, run_at) select 0, max(id), 0, 0 from mail")

    def work(self, **environment):
        before = dict(os.environ)
        os.environ.update(environment)
        try:
            done = mail_peer.run(os.path.join(os.path.dirname(mail_peer.DAYBOOK), "daybook-work"), "--home", self.home)
        finally:
            os.environ.clear()
            os.environ.update(before)
        self.assertEqual(done.returncode, 0, done.stderr)

    def error(self):
        return self.rows("select last_error from job")[0][0]

    def suppressed(self):
        return [address for address, in self.rows("select email from suppression")]


class Refusals(Mail):
    def refuse(self, command, reply):
        peer = self.peer()
        self.configure(f"smtp = 127.0.0.1:{peer.port}", "rates = off")
        peer.replies[command] = reply
        self.change("delete from suppression")
        self.change("delete from job")
        self.queue()
        self.work()
        self.assertEqual(peer.mails, [])
        return self.suppressed(), self.rows("select count(*) from job")[0][0]

    def test_only_a_recipient_that_is_none_is_never_written_to_again(self):
        self.assertEqual(self.refuse("RCPT", "550 5.1.1 No such user"), (["bea@other.test"], 0))
        self.assertEqual(self.refuse("RCPT", "550 5.7.1 Your network is blocked"), ([], 0))
        self.assertEqual(self.refuse("RCPT", "553 5.7.1 Sender not allowed"), ([], 0))
        self.assertEqual(self.refuse("RCPT", "551 Relaying denied"), ([], 0))
        self.assertEqual(self.refuse("MAIL", "550 5.1.1 Sender unknown"), ([], 0))
        self.assertEqual(self.refuse("DATA", "550 5.1.1 after the text"), ([], 0))
        self.assertEqual(self.refuse("RCPT", "450 4.2.1 Mailbox busy"), ([], 1))
        self.assertEqual(self.refuse("RCPT", "452 too many"), ([], 1))
        self.assertEqual(self.refuse("DATA", "554 5.6.0 refused"), ([], 0))
        self.assertEqual(self.rows("select error from mail order by id desc limit 1"), [("554 5.6.0 refused",)])


class Tls(Mail):
    def setUp(self):
        super().setUp()
        self.context, self.file = mail_peer.certificate(self.folder.name, HOST)

    def test_starttls_is_used_where_it_is_offered_with_a_certificate_that_fits(self):
        peer = self.peer(starttls=self.context)
        self.configure(f"smtp = {HOST}:{peer.port}")
        self.queue()
        self.work(SSL_CERT_FILE=self.file)
        self.assertEqual(peer.over_tls, [True])

    def test_a_certificate_of_nobody_known_is_refused_and_the_mail_waits(self):
        peer = self.peer(starttls=self.context)
        self.configure(f"smtp = {HOST}:{peer.port}")
        self.queue()
        self.work()
        self.assertEqual(peer.mails, [])
        self.assertIn("certificate", self.error())

    def test_a_certificate_for_another_name_is_refused(self):
        context, file = mail_peer.certificate(self.folder.name, "other.example")
        peer = self.peer(starttls=context)
        self.configure(f"smtp = {HOST}:{peer.port}")
        self.queue()
        self.work(SSL_CERT_FILE=file)
        self.assertEqual(peer.mails, [])
        self.assertTrue(self.error())

    def test_a_name_and_password_are_said_over_tls_only(self):
        login = ("smtp.user = ann", "smtp.password = se:cret\"x")
        users = {"ann": 'se:cret"x'}
        peer = self.peer(starttls=self.context, users=users)
        self.configure(f"smtp = {HOST}:{peer.port}", *login)
        self.queue()
        self.work(SSL_CERT_FILE=self.file)
        self.assertEqual([over_tls for _, _, over_tls in peer.logins], [True])
        self.assertEqual(len(peer.mails), 1)
        plain = self.peer()
        self.configure(f"smtp = {HOST}:{plain.port}", *login)
        self.queue()
        self.work()
        self.assertEqual((plain.mails, plain.logins), ([], []))
        self.assertEqual(self.rows("select count(*) from job"), [(1,)])

    def test_a_wrong_password_is_tried_again_later_and_blames_no_recipient(self):
        peer = self.peer(starttls=self.context, users={"ann": "right"})
        self.configure(f"smtp = {HOST}:{peer.port}", "smtp.user = ann", "smtp.password = wrong")
        self.queue()
        self.work(SSL_CERT_FILE=self.file)
        self.assertEqual((peer.mails, self.suppressed()), ([], []))
        self.assertEqual(self.rows("select count(*) from job"), [(1,)])

    def test_tls_from_the_start(self):
        peer = self.peer(tls=self.context)
        self.configure(f"smtp = {HOST}:{peer.port}", "smtp.tls = implicit")
        self.queue()
        self.work(SSL_CERT_FILE=self.file)
        self.assertEqual(len(peer.mails), 1)  # it speaks nothing but TLS

    def test_tls_from_the_start_is_not_begun_with_a_certificate_of_nobody_known(self):
        peer = self.peer(tls=self.context)
        self.configure(f"smtp = {HOST}:{peer.port}", "smtp.tls = implicit")
        self.queue()
        self.work()
        self.assertEqual(peer.mails, [])
        self.assertIn("certificate", self.error())

    def test_starttls_that_must_be_is_not_done_without(self):
        peer = self.peer()
        self.configure(f"smtp = {HOST}:{peer.port}", "smtp.tls = starttls")
        self.queue()
        self.work()
        self.assertEqual(peer.mails, [])
        self.assertTrue(self.error())

    def test_over_ipv6(self):
        try:
            peer = self.peer(starttls=self.context, host="::1")
        except OSError as error:
            self.skipTest(f"::1: {error}")
        self.configure(f"smtp = [::1]:{peer.port}")
        self.queue()
        self.work()
        self.assertEqual((len(peer.mails), peer.over_tls), (1, [True]))


class Sendmail(Mail):
    """A stand-in in the place of the machine's own, named by `mail.program`."""

    def setUp(self):
        super().setUp()
        self.out = pathlib.Path(self.folder.name, "sent")
        self.out.mkdir()
        self.program = self.out / "sendmail"
        self.configure("mail = sendmail", "rates = off", f"mail.program = {self.program}")

    def stand_in(self, ending):
        self.program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {self.out}/words\ncat > {self.out}/mail\n{ending}\n')
        self.program.chmod(self.program.stat().st_mode | stat.S_IXUSR)

    def test_gets_sender_and_recipient_as_words_and_the_mail_as_lines(self):
        self.stand_in("exit 0")
        self.queue(entry="Title\r\nBcc: all@other.test")
        self.work()
        self.assertEqual((self.out / "words").read_text().split("\n")[:-1], ["-i", "-f", "ann@journal.test", "--", "bea@other.test"])
        data = (self.out / "mail").read_bytes()
        self.assertNotIn(b"\r", data)
        mail = email.message_from_bytes(data, policy=email.policy.default)
        self.assertEqual((mail["To"], mail["Bcc"]), ("bea@other.test", None))
        self.assertEqual(self.rows("select count(*) from mail where sent_at > 0"), [(1,)])

    def test_what_it_ends_with_decides(self):
        for ending, suppressed, waiting in (("exit 67", ["bea@other.test"], 0), ("exit 75", [], 1), ("exit 68", [], 1),
                                            ("exit 1", [], 1), ("kill -9 $$", [], 1)):
            self.stand_in(ending)
            self.change("delete from suppression")
            self.change("delete from job")
            self.queue()
            self.work()
            self.assertEqual((self.suppressed(), self.rows("select count(*) from job")[0][0]), (suppressed, waiting), ending)

    def test_one_that_does_not_read_is_no_loss(self):
        self.program.write_text("#!/bin/sh\nexec <&-\nexit 0\n")
        self.program.chmod(0o755)
        self.queue(entry="x" * 300)
        self.work()
        self.assertLessEqual(self.rows("select count(*) from job")[0][0], 1)

    def test_none_at_all_waits(self):
        self.queue()
        self.work()
        self.assertIn("sendmail", self.error())


if __name__ == "__main__":
    unittest.main()
