#!/usr/bin/env python3
"""Shared hosting, from the upload by FTP to the first entry: behind Apache's ways of starting programs, with and without its
rewriting, beside another program's .htaccess, with what upload programs spoil; and what nobody may ever fetch.

RELEASE=FOLDER tries the release that scripts/release put there, as the long tests do (DAYBOOK_LONG); else one of the programs in
build/ is tried.
"""
import html
import os
import pathlib
import re
import shutil
import sqlite3
import unittest
import urllib.parse

from admin_site import Person
from hosting_site import WORDPRESS, Hosting, forget_release, release
from journal_site import SOURCE, until
from setup_site import ANSWERS

ENGLISH = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "en-US,en;q=0.8"}
NOT_YET = "Daybook is not running here yet"


def tearDownModule():
    forget_release()


class Upload(unittest.TestCase):
    def host(self, **how):
        host = Hosting(**how)
        self.addCleanup(host.stop)
        return host, Person(host, ENGLISH)

    def set_up(self, host, ada, start="/"):
        """From the address in the browser to the editor. Gives what lies before all addresses of the journal."""
        answer, where = host.follow(ada, host.prefix + start)
        self.assertEqual(answer.status, 200, answer.text + host.logs())
        self.assertTrue(where.endswith("/admin/setup"), where)
        self.assertEqual(ada.send(answer.page, {"code": host.code()}).status, 303)
        answer = ada.send(ada.ask("GET", where).page, ANSWERS)
        self.assertEqual(answer.status, 303, answer.text)
        page = ada.ask("GET", answer["Location"]).page
        form = next(f for f in page.one("main").all("form") if f["action"].endswith("/admin/setup/host"))
        self.assertEqual(ada.send(page, {}, button=("seen", "none"), form=form).status, 303)
        return where.removesuffix("/admin/setup")

    def publish(self, host, ada, prefix, title="The first"):
        """Through the editor; gives the entry's address as its readers find it on the front page."""
        page = ada.ask("GET", prefix + "/admin/write").page
        self.assertEqual(ada.send(page, {"title": title, "body": f"Words of {title}."}, ("action", "publish")).status, 303)
        front, where = host.follow(Person(host), prefix + "/")
        self.assertEqual(front.status, 200)
        link = next(a for a in front.page.one("main").all("a") if a.words == title)
        address = urllib.parse.urlparse(link["href"]).path
        entry = host.ask("GET", address)
        self.assertEqual(entry.status, 200)
        self.assertIn(f"Words of {title}.", entry.text)
        styles = [e["href"] for e in entry.page.all("link") if e.get("rel") == "stylesheet"]
        self.assertTrue(styles)
        for style in styles:
            got = host.ask("GET", urllib.parse.urlparse(style).path)
            self.assertEqual((got.status, got.type), (200, "text/css"), style)
        return address

    def from_upload_to_entry(self, start="/", **how):
        host, ada = self.host(**how)
        host.upload()
        host.chmod("daybook.cgi")
        prefix = self.set_up(host, ada, start)
        self.publish(host, ada, prefix)
        return host, ada, prefix


class Servers(Upload):
    def test_by_cgi(self):
        host, ada, prefix = self.from_upload_to_entry(modules=("cgid",))
        self.assertEqual(prefix, "")
        self.assertEqual(host.home, host.account / "daybook-www")
        self.assertFalse([n for n in host.names() if n.endswith(".bin")])  # they are where they belong
        for path, type_ in (("/robots.txt", "text/plain"), ("/atom.xml", "application/atom+xml"), ("/archive", "text/html")):
            self.assertEqual((host.get(path).status, host.get(path).type), (200, type_), path)
        moved = host.get("/daybook.cgi/archive")  # each page has one address
        self.assertEqual((moved.status, moved["Location"]), (308, "/archive"))
        for path in ("/daybook.home", "/daybook", "/daybook-work", "/htaccess.txt", "/.htaccess"):
            self.assertIn(host.get(path).status, (403, 404), path)

    def test_kept_pages_are_given_out_without_the_program(self):
        for folder in ("", "blog"):
            host, ada, prefix = self.from_upload_to_entry(modules=("cgid",), folder=folder)
            front = until(lambda: host.get("/") and (host.home / "public/live/index.html").exists() and host.get("/"), "a kept page", 60)
            asked = host.get("/", If_None_Match='"0-0123456789abcdef"')  # which only the program knows
            (host.web / "daybook.cgi").rename(host.web / "away")
            kept = host.get("/")
            self.assertEqual((kept.status, kept.body), (200, front.body))
            for name in ("Content-Type", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
                self.assertEqual(kept[name], asked[name], name)
            self.assertNotEqual(host.get("/archive?x").status, 200)
            (host.web / "away").rename(host.web / "daybook.cgi")
            for path in ("/live/index.html", "/live/.gen", "/live/"):
                self.assertEqual(host.get(path).status, 404, path)
            again = Person(host, ENGLISH)
            again.cookies = ada.cookies
            self.publish(host, again, prefix, "The second")  # which takes them away

    def test_the_rules_are_those_of_a_server_of_ones_own(self):
        ours, theirs = ((SOURCE / name).read_text() for name in ("scripts/web/htaccess", "nginx/htaccess"))
        begin = "<IfModule mod_headers.c>"
        self.assertEqual(ours[ours.index(begin):], theirs[theirs.index(begin):])

    def test_by_processes_that_stay(self):
        host, ada, prefix = self.from_upload_to_entry(modules=("cgid", "fcgid"))
        self.assertEqual(prefix, "")
        page = ada.get("/admin/doctor").page
        said = next(e for e in page.one("main").all("li") if e.get("data-finding") == "protocol").words
        self.assertIn("FastCGI", said)
        self.assertEqual(host.home, host.account / "daybook-www")

    def test_by_processes_that_stay_alone(self):
        """A host without CGI: nothing says where the web root is, so the journal lies under a name that nobody guesses."""
        host, ada = self.host(modules=("fcgid",))
        host.upload()
        for name in ("daybook.cgi", "daybook.fcgi"):
            host.chmod(name)
        self.assertEqual(self.set_up(host, ada), "")
        self.publish(host, ada, "")
        self.assertEqual(host.home.parent, host.web)

    def test_in_a_folder(self):
        host, ada, prefix = self.from_upload_to_entry(modules=("cgid",), folder="blog")
        self.assertEqual(prefix, "/blog")
        self.assertEqual(host.home, host.account / "daybook-www-blog")

    def test_without_rewriting(self):
        host, ada, prefix = self.from_upload_to_entry(modules=("cgid",), rewrite=False)
        self.assertEqual(prefix, "/daybook.cgi")
        self.assertEqual(host.get("/daybook.cgi/robots.txt").status, 200)

    def test_without_rewriting_by_processes_that_stay(self):
        host, ada = self.host(modules=("cgid", "fcgid"), rewrite=False)
        host.upload()
        host.chmod("daybook.cgi")
        self.assertEqual(host.get("/daybook.cgi").status, 308)  # which makes the other one fit to run
        self.assertEqual(self.set_up(host, ada, "/daybook.fcgi"), "/daybook.fcgi")
        self.publish(host, ada, "/daybook.fcgi")

    def test_where_programs_run_as_another_user(self):
        host, ada = self.host(suexec=False)
        if not host.is_root:
            self.skipTest("only root can be two")
        host.upload()
        for name in ("daybook.cgi", "daybook.fcgi", "daybook.bin", "daybook-work.bin"):
            host.chmod(name)
        answer = host.get("/")
        self.assertEqual(answer.status, 500)
        self.assertIn("This folder cannot be written to by www-data", answer.page.one("main").words)
        host.chmod(".", "777")
        answer, where = host.follow(ada, "/")
        self.assertEqual((answer.status, where), (200, "/admin/setup"), host.logs())
        home, = [n for n in host.names() if n.startswith("journal-")]
        code = (host.web / home / "private/SETUP-CODE.txt").read_text().splitlines()[0]
        self.assertEqual(ada.send(answer.page, {"code": code}).status, 303)


class WhatUploadProgramsSpoil(Upload):
    def test_returns_at_the_ends_of_lines_do_not_matter(self):
        host, ada = self.host(keeps_returns=True)
        host.upload()
        self.assertIn(b"\r\n", host.fetch("daybook.cgi"))
        self.assertIn(b"\r\n", host.fetch(".htaccess"))
        host.chmod("daybook.cgi")
        self.publish(host, ada, self.set_up(host, ada))

    def test_no_permissions_are_kept_and_the_page_says_so(self):
        for modules in (("cgid",), ("cgid", "fcgid")):
            host, ada = self.host(modules=modules)
            host.upload()
            self.assertFalse((host.web / "daybook.cgi").stat().st_mode & 0o111)
            answer = host.get("/")
            self.assertEqual(answer.status, 500)
            self.assertIn("Give both the permissions 0755", answer.page.one("main").words)
            host.chmod("daybook.cgi")
            self.assertTrue(host.follow(ada, "/")[1].endswith("/admin/setup"))

    def test_programs_in_text_mode_in_part_and_left_out(self):
        host, ada = self.host()
        host.upload()
        host.chmod("daybook.cgi")
        program, work = ((release() / "web" / n).read_bytes() for n in ("daybook.bin", "daybook-work.bin"))
        for name, data, said in (("daybook.bin", program.replace(b"\n", b"\r\n"), "in text mode. Upload it again in binary mode."),
                                 ("daybook-work.bin", work[:-5000], f"daybook-work.bin has {len(work) - 5000} bytes instead of {len(work)}"),
                                 ("daybook-work.bin", None, "The file daybook-work.bin is missing"),
                                 ("daybook.bin", b"\x7fELF" + bytes(len(program) - 4), "daybook.bin does not run here")):
            host.put(name, data) if data else host.ftp.delete(name)
            answer = host.get("/")
            self.assertEqual(answer.status, 500)
            self.assertIn(said, answer.page.one("main").words)
            self.assertEqual([n for n in host.names("/") if n.startswith("daybook-")], [])
            host.upload(only=("daybook.bin", "daybook-work.bin"))
        self.assertTrue(host.follow(ada, "/")[1].endswith("/admin/setup"))

    def test_without_the_file_that_begins_with_a_dot(self):
        """The shipped page answers, and says first what mends it; on a host that runs programs all the same, all works there."""
        host, ada = self.host()
        host.upload(dotfiles=False)
        host.chmod("daybook.cgi")
        page = host.get("/").page
        self.assertEqual(page.one("h1").words, NOT_YET)
        steps = [e.words for e in page.one("main").first("ol").all("li")]
        self.assertIn("rename htaccess.txt to .htaccess", steps[0])
        self.assertIn(b"#!/bin/sh", host.get("/daybook.cgi").body)  # what the first step is about
        host.ftp.rename("htaccess.txt", ".htaccess")
        self.publish(host, ada, self.set_up(host, ada))

    def test_without_that_file_where_programs_run(self):
        host, ada = self.host(runs_cgi=True)
        host.upload(dotfiles=False)
        page = host.get("/").page
        self.assertEqual(page.one("h1").words, NOT_YET)
        link = page.one("main").first("p").first("a")["href"]
        self.assertEqual(host.get("/" + link).status, 500)  # no permissions
        host.chmod("daybook.cgi")
        self.assertEqual(self.set_up(host, ada, "/" + link), "/daybook.cgi")
        self.publish(host, ada, "/daybook.cgi")
        self.assertIn("Rename htaccess.txt to .htaccess", self.finding(ada, "/daybook.cgi", "addresses"))
        host.ftp.rename("htaccess.txt", ".htaccess")
        self.assertIn("Words of The first.", host.get("/").text)

    def finding(self, ada, prefix, name):
        page = ada.ask("GET", prefix + "/admin/doctor").page
        return next((e.words for e in page.one("main").all("li") if e.get("data-finding") == name), None)

    def test_another_programs_rules_are_never_overwritten(self):
        host, ada = self.host(runs_cgi=True, before={".htaccess": WORDPRESS, "index.php": "<?php // WordPress\n"})
        host.upload(overwrite=False)
        host.chmod("daybook.cgi")
        self.assertEqual(self.set_up(host, ada, "/daybook.cgi"), "/daybook.cgi")
        self.publish(host, ada, "/daybook.cgi")
        self.assertEqual(host.fetch(".htaccess").decode(), WORDPRESS)
        said = self.finding(ada, "/daybook.cgi", "addresses")
        self.assertIn("Put the lines of htaccess.txt above those that are in " + str(host.web / ".htaccess"), said)
        shown = host.get(re.search(host.origin + r"(/\S*)#lines", said).group(1))
        lines = re.search(r"<pre [^>]*>\n(.*)\n?</pre>", shown.text, re.S).group(1)
        self.assertEqual(html.unescape(lines).strip(), host.fetch("htaccess.txt").decode().strip())
        # The owner follows that.
        host.put(".htaccess", html.unescape(lines).encode() + WORDPRESS.encode())
        self.assertIn("Words of The first.", host.get("/").text)
        self.assertEqual(host.get("/archive").status, 200)
        again = Person(host, ENGLISH)
        self.assertEqual(again.sign_in(ANSWERS["email"], ANSWERS["password"]).status, 303)
        said = self.finding(again, "", "addresses")
        self.assertNotIn("htaccess.txt", said)
        # The journal is told of its new address where the doctor says.
        self.assertIn(f"Give it the address {host.origin}/ at {host.origin}/admin/settings/address", said)
        self.assertEqual(again.get("/admin/settings/address").status, 200)


class WhatNobodyMayFetch(Upload):
    def ways(self, host, hidden):
        """Addresses of all that lies in the account, but for what only a name that nobody guesses leads to."""
        paths = {p.relative_to(base).as_posix() for base in (host.account, host.www, host.web, host.home) if base.exists()
                 for p in base.rglob("*") if not (hidden and hidden in p.relative_to(base).as_posix())}
        for path in sorted(paths | {"", "static", "media", "journal-", "backups"}):
            quoted = urllib.parse.quote(path)
            for way in ("", "static/../", "static/..%2f", "static/../../", "static/..%2f..%2f", "media../", "%2e%2e/", "..%2f", "static/../private/../"):
                yield host.prefix + "/" + way + quoted
            yield host.prefix + "/" + quoted + "/"

    def prove(self, host, client, secrets, hidden):
        seen = set()
        for way in self.ways(host, hidden):
            answer = client.ask("GET", way)
            seen.add(answer.status)
            for name, secret in secrets.items():
                self.assertFalse(answer.body.startswith(secret), f"{name} at {way}")
            if hidden:
                self.assertFalse(hidden.encode() in answer.body, way)
        return seen

    def test_no_request_obtains_the_journal(self):
        for modules, inside in ((("cgid",), False), (("fcgid",), True)):
            host, ada = self.host(modules=modules)
            host.upload()
            for name in ("daybook.cgi", "daybook.fcgi"):
                host.chmod(name)
            self.set_up(host, ada)
            self.publish(host, ada, "")
            page = ada.get("/admin/backup").page
            form = next(f for f in page.one("main").all("form") if f["action"].endswith("/admin/backup"))
            self.assertIn(ada.send(page, form=form).status, (200, 303))
            private = host.home / "private"
            backup = until(lambda: next(private.glob("backups/*.zip"), None), "a backup", 60)
            self.assertEqual(host.home.parent == host.web, inside)
            (private / "import/old.xml").write_text("THE OLD JOURNAL")
            secrets = {"database": (private / "journal.db").read_bytes()[:15], "backup": backup.read_bytes()[:64],
                       "import": b"THE OLD JOURNAL"}
            hidden = host.home.name if inside else ""
            with self.subTest(modules=modules, server="as it should be"):
                self.prove(host, host, secrets, hidden)
                if inside:  # even for whom somebody told
                    for path in ("journal.db", "journal.db-wal", "backups/" + backup.name, "import/old.xml"):
                        self.assertIn(host.get(f"/{hidden}/private/{path}").status, (403, 404), path)
            with self.subTest(modules=modules, server="nginx, every file"):
                client = host.serve_all_files()
                self.assertIn(200, self.prove(host, client, secrets, hidden))
                client.connection.close()
            with self.subTest(modules=modules, server="AllowOverride None"):
                host.override = "None"
                host.serve()
                self.assertIn(200, self.prove(host, host, secrets, hidden))


class UpgradeByFtp(Upload):
    def next_release(self):
        """The same programs, another build: what marks a build is changed in them."""
        folder = self.enterContext_(pathlib.Path(os.path.join(release().parent, "next-" + self._testMethodName)))
        shutil.copytree(release() / "web", folder)
        for name in ("daybook.bin", "daybook-work.bin"):
            data = (folder / name).read_bytes()
            note = data.index(b"\x04\x00\x00\x00\x14\x00\x00\x00\x03\x00\x00\x00GNU\x00") + 16
            (folder / name).write_bytes(data[:note] + bytes(255 - b for b in data[note:note + 20]) + data[note + 20:] + b"\n" * 100)
        for name in ("daybook.cgi", "daybook.fcgi"):
            text = (folder / name).read_text()
            for program in ("daybook.bin", "daybook-work.bin"):
                size = (release() / "web" / program).stat().st_size
                text = text.replace(f"whole {program} {size}", f"whole {program} {size + 100}")
            (folder / name).write_text(text)
        return folder

    def enterContext_(self, folder):
        self.addCleanup(shutil.rmtree, folder, True)
        return folder

    def upgrade(self, modules):
        host, ada, _ = self.from_upload_to_entry(modules=modules)
        entry = self.publish(host, ada, "", "Before")
        folder = self.next_release()
        before = host.get(entry + "?x")["ETag"]
        kept = host.home / "public/live"
        until(lambda: host.get(entry) and list(kept.rglob("*before*")), "a stored page")
        generation = (kept / ".gen").read_bytes()
        # In the middle of it.
        whole = (folder / "daybook.bin").read_bytes()
        host.put("daybook-work.bin", (folder / "daybook-work.bin").read_bytes())
        for part in (whole[:100_000], whole.replace(b"\n", b"\r\n"), whole):
            host.put("daybook.bin", part)
            self.assertEqual(host.get(entry + "?x")["ETag"], before)
            self.assertEqual(host.get(entry).status, 200)
        page = ada.get("/admin/doctor").page
        said = next(e.words for e in page.one("main").all("li") if e.get("data-finding") == "upload")
        self.assertIn("programs of another release that did not come whole", said)
        # And its end.
        host.upload(folder=folder, dotfiles=False, only=("daybook.cgi", "daybook.fcgi"))
        after = until(lambda: (mark := host.get(entry + "?x")["ETag"]) != before and mark, "the new programs")
        self.assertFalse(kept.exists() and (kept / ".gen").read_bytes() == generation)
        self.assertEqual((host.web / "daybook").stat().st_size, len(whole))
        self.assertFalse([n for n in host.names() if n.endswith(".bin")])
        until(lambda: host.get(entry) and (kept / ".gen").exists() and (kept / ".gen").read_bytes() != generation, "a new generation", 60)
        self.assertEqual(host.get(entry + "?x")["ETag"], after)
        with sqlite3.connect(f"file:{host.home}/private/journal.db?mode=ro", uri=True) as database:
            self.assertEqual(database.execute("select count(*) from entry").fetchone(), (2,))

    def test_by_cgi(self):
        self.upgrade(("cgid",))

    def test_by_processes_that_stay(self):
        self.upgrade(("cgid", "fcgid"))


if __name__ == "__main__":
    unittest.main()
