#!/usr/bin/python3
"""The records in DNS that receivers of mail look for: what the page, the command and the doctor say of a real name server."""
import json
import subprocess
import time
import unittest

import mail_peer
from admin_site import owner
from dnslib import QTYPE, RCODE, RR, TXT
from dnslib.server import BaseResolver, DNSLogger, DNSServer
from journal_site import PROGRAM, JournalSite, until


class Names(BaseResolver):
    """Answers from `texts`: name -> records, each a text."""

    def __init__(self):
        self.texts, self.asked = {}, []

    def resolve(self, request, handler):
        reply, name = request.reply(), str(request.q.qname).rstrip(".").lower()
        self.asked.append(name)
        for text in self.texts.get(name, []):
            data = text.encode()
            parts = [data[i:i + 255] for i in range(0, len(data), 255)] or [b""]
            reply.add_answer(RR(request.q.qname, QTYPE.TXT, ttl=60, rdata=TXT(parts)))
        if name not in self.texts and not any(n.endswith("." + name) for n in self.texts):
            reply.header.rcode = RCODE.NXDOMAIN
        return reply


class Records(unittest.TestCase):
    def setUp(self):
        self.names, self.port = Names(), mail_peer.free_port()
        self.servers = [DNSServer(self.names, port=self.port, address="127.0.0.1", tcp=tcp, logger=DNSLogger("-request,-reply,-truncated,-error", False))
                        for tcp in (False, True)]
        for server in self.servers:
            server.start_thread()
            self.addCleanup(server.server.server_close)
            self.addCleanup(server.stop)
        self.site = JournalSite()
        self.addCleanup(self.site.stop)
        with (self.site.home / "private/daybook.conf").open("a") as conf:
            conf.write(f"mail.dns = 127.0.0.1:{self.port}\n")
        self.site.set("smtp", "mail.provider.test:587")
        self.site.set("mail.from", "notes@journal.test")

    def command(self, *words):
        return subprocess.run([PROGRAM, *words, "--home", self.site.home], capture_output=True, text=True, timeout=120)

    def records(self):
        """State by kind, as the command says it, and all that it says."""
        done = self.command("mail", "records")
        lines = done.stdout.splitlines()
        states = dict(line.split(": ", 1) for line in lines if line.startswith(("SPF: ", "DKIM: ", "DMARC: ")))
        self.assertEqual(done.returncode == 0, all(s == "good" or "not signed here" in s for s in states.values()), done.stdout + done.stderr)
        return states, done.stdout

    def doctor(self):
        found = json.loads(self.command("doctor", "--json").stdout)
        return next(f for f in found if f["name"] == "mail records")

    def key(self):
        """The name and record that `daybook dkim` asks for."""
        lines = self.command("dkim").stdout.splitlines()
        return lines[1], lines[2]

    def test_what_is_missing_is_named_with_the_record_to_add(self):
        name, record = self.key()
        states, said = self.records()
        self.assertEqual(states, {"SPF": "missing", "DKIM": "missing", "DMARC": "missing"})
        self.assertIn("TXT journal.test\n  v=spf1 a mx a:mail.provider.test ~all\n", said)
        self.assertIn(f"TXT {name}\n  {record}\n", said)
        self.assertIn("TXT _dmarc.journal.test\n  v=DMARC1; p=none\n", said)
        self.assertEqual(self.doctor()["state"], "warning")
        self.assertIn("SPF, DKIM, DMARC", self.doctor()["text"])
        self.assertIn("daybook mail records", self.doctor()["mend"])
        # As it asks, so it is.
        self.names.texts = {"journal.test": ["v=spf1 a mx a:mail.provider.test ~all"], name: [record], "_dmarc.journal.test": ["v=DMARC1; p=none"]}
        self.assertEqual(self.records()[0], {"SPF": "good", "DKIM": "good", "DMARC": "good"})
        self.assertEqual(self.doctor()["state"], "good")

    def test_what_is_there_but_no_use_is_named_with_why(self):
        name, record = self.key()
        self.names.texts = {"journal.test": ["site-verification=xyz", "v=spf1 mx +all"], name: ["v=DKIM1; k=rsa; p=QUJD"],
                            "_dmarc.journal.test": ["v=DMARC1; p=maybe"]}
        states, said = self.records()
        self.assertEqual(states, {"SPF": "wrong", "DKIM": "wrong", "DMARC": "wrong"})
        self.assertIn("  v=spf1 mx ~all\n", said)
        self.assertNotIn("site-verification", said)
        self.names.texts["journal.test"] = ["v=spf1 mx -all", "V=SPF1 include:x.test -all"]
        self.names.texts[name] = [" ".join(record)]  # blanks count for nothing
        self.names.texts["_dmarc.journal.test"] = ["v=DMARC1;p=reject", "v=DMARC1;p=none"]
        self.assertEqual(self.records()[0], {"SPF": "wrong", "DKIM": "good", "DMARC": "wrong"})
        self.names.texts["journal.test"] = ["v=spf10 nothing"]
        self.assertEqual(self.records()[0]["SPF"], "missing")

    def test_the_domain_above_speaks_for_dmarc_and_long_answers_come_whole(self):
        self.site.set("mail.from", "notes@blog.journal.test")
        self.names.texts = {"blog.journal.test": ["x" * 250] * 12 + ["v=spf1 -all"], "_dmarc.journal.test": ["v=DMARC1; p=quarantine"]}
        states, said = self.records()
        self.assertEqual((states["SPF"], states["DMARC"]), ("good", "good"))
        self.assertIn("not signed here", states["DKIM"])

    def test_what_the_sender_s_server_is_decides_what_is_to_be_added(self):
        for server, part in (("[2001:db8::5]:25", "a mx ip6:2001:db8::5"), ("192.0.2.7:25", "a mx ip4:192.0.2.7"), ("127.0.0.1:25", "a mx"),
                             ("smtp.gmail.com:587", "include:_spf.google.com")):
            self.site.set("smtp", server)
            self.assertIn(f"v=spf1 {part} ~all\n", self.records()[1])

    def test_a_name_server_that_does_not_answer_is_no_missing_record(self):
        self.key()
        for server in self.servers:
            server.stop()
            server.server.server_close()
        before = time.monotonic()
        self.assertEqual(self.records()[0], {"SPF": "no answer", "DKIM": "no answer", "DMARC": "no answer"})
        self.assertLess(time.monotonic() - before, 60)

    def test_the_page(self):
        ada = owner(self.site)

        def press(act):
            page = ada.get("/admin/mail").page
            form = next(f for f in page.all("form") if any(b.get("value") == act for b in f.all("button")))
            self.assertEqual(ada.send(page, {}, ("act", act), form).status, 303)
            return until(lambda: "Looked up" in (m := ada.get("/admin/mail").page.one("main")).words and m, "the records", 60)
        main = press("records")
        self.assertIn("journal.test", main.words)
        self.assertIn("v=spf1 a mx a:mail.provider.test ~all", main.words)
        self.assertIn("Mail is not signed here.", main.words)
        self.names.texts = {"journal.test": ["v=spf1 <b>mx</b> +all"]}
        main = press("key")
        name, record = self.key()
        self.assertIn(name, main.words)
        self.assertIn(record, main.words)
        self.assertIn("v=spf1 <b>mx</b> ~all", main.words)
        self.assertNotIn("key", [b.get("value") for b in main.all("button")])
        # Nobody but the worker asked, and a look at the page asks nothing.
        asked = len(self.names.asked)
        ada.get("/admin/mail")
        self.assertEqual(len(self.names.asked), asked)


if __name__ == "__main__":
    unittest.main()
