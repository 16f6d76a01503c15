#!/usr/bin/python3
"""Webmentions, trackbacks, responses and mails with real peers.

The journal is asked through CGI, as a web server would; other sites are Python's own web server on loopback ports that
the journal is told to allow, the mail server is aiosmtpd.
"""
import http.server
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.parse

SOURCE = pathlib.Path(__file__).resolve().parents[2]
DAYBOOK = str(pathlib.Path(os.environ.get("DAYBOOK_BUILD", SOURCE / "build")) / "daybook")
LIMIT = 20


class Site:
    """Somebody else's web site: answers by path, remembers what it was sent."""

    def __init__(self):
        site = self
        self.pages, self.posts, self.gets = {}, [], []

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                page = site.pages.get(self.path.split("?")[0], (404, {}, "nothing here"))
                status, headers, body = page
                if callable(body):
                    return body(self)
                data = body.encode()
                self.send_response(status)
                for name, value in headers.items() if isinstance(headers, dict) else headers:
                    self.send_header(name, value)
                if "Content-Type" not in dict(headers):
                    self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def do_GET(self):
                site.gets.append(self.path)
                self.answer()

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                site.posts.append((self.path, urllib.parse.parse_qs(body)))
                self.answer()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # who asked went away
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def page(self, path, body, status=200, headers=None):
        self.pages[path] = (status, headers or {}, body)
        return self.url + path

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def entry(slug, body, **more):
    return {"kind": "entry", "status": "published", "slug": slug, "path": f"/{slug}.html", "title": f"The {slug}",
            "date": "2019-03-04T07:45:00+00:00", "format": "html", "body": body, "author": "ann", **more}


class Case(unittest.TestCase):
    settings = {}

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.home = os.path.join(self.folder.name, "home")
        self.site = Site()
        self.run_daybook("init", "--home", self.home, "--title", "My journal", "--url", "http://journal.test",
                         "--owner", "Ann", "--email", "ann@journal.test", "--password-stdin", given="correct horse\n")
        self.config = pathlib.Path(self.home, "private", "daybook.conf")
        self.configure(f"fetch.allow = 127.0.0.1:{self.site.port}", "rates = off")
        self.add(entry("one", "<p>Words.</p>"), entry("shut", "<p>Words.</p>", password="secret"))

    def tearDown(self):
        self.site.close()
        self.until(self.is_cleaned)

    def is_cleaned(self):
        """Nobody waits for a worker that was started after a reply; it may write until its home is gone."""
        shutil.rmtree(self.folder.name, ignore_errors=True)
        return not os.path.exists(self.folder.name)

    def configure(self, *lines):
        self.config.write_text("\n".join(lines) + "\n")

    def run_daybook(self, *words, given=""):
        done = subprocess.run([DAYBOOK, *words], input=given, capture_output=True, text=True, timeout=60,
                              env={"PATH": os.environ["PATH"]})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def add(self, *entries):
        file = os.path.join(self.folder.name, "add.json")
        with open(file, "w", encoding="utf-8") as out:
            json.dump({"daybook": 1, "authors": [{"slug": "ann", "name": "Ann"}], "entries": list(entries)}, out)
        self.run_daybook("import", "--home", self.home, file)

    def ask(self, method, path, form=None, headers=None, body=None, kind="application/x-www-form-urlencoded"):
        """One CGI request: (status, headers, text)."""
        data = body if body is not None else urllib.parse.urlencode(form or {}).encode()
        env = {"GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": method, "REQUEST_URI": path, "SCRIPT_NAME": "",
               "PATH_INFO": path.split("?")[0], "QUERY_STRING": path.partition("?")[2], "SERVER_PROTOCOL": "HTTP/1.1",
               "HTTP_HOST": "journal.test", "SERVER_NAME": "journal.test", "SERVER_PORT": "80",
               "REMOTE_ADDR": "203.0.113.9", "DAYBOOK_HOME": self.home, "PATH": os.environ["PATH"], **(headers or {})}
        if method == "POST":
            env["CONTENT_TYPE"], env["CONTENT_LENGTH"] = kind, str(len(data))
        done = subprocess.run([DAYBOOK], input=data if method == "POST" else b"", capture_output=True, timeout=60, env=env)
        head, _, text = done.stdout.partition(b"\r\n\r\n")
        fields = {}
        for line in head.decode().split("\r\n"):
            name, _, value = line.partition(": ")
            fields[name.lower()] = value
        return int(fields.get("status", "200 OK").split()[0]), fields, text.decode()

    def work(self):
        self.run_daybook("work", "--home", self.home)

    def rows(self, sql, *values):
        with sqlite3.connect(os.path.join(self.home, "private", "journal.db"), timeout=10) as db:
            return db.execute(sql, values).fetchall()

    def change(self, sql, *values):
        with sqlite3.connect(os.path.join(self.home, "private", "journal.db"), timeout=10) as db:
            db.execute(sql, values)
            db.execute("update state set rev = rev + 1")

    def until(self, happens):
        end = time.monotonic() + LIMIT
        while not happens():
            self.assertLess(time.monotonic(), end, "it did not happen")
            time.sleep(0.05)

    def mention(self, source, target="http://journal.test/one.html"):
        return self.ask("POST", "/webmention", {"source": source, "target": target})

    def references(self, columns="status, title, url"):
        return self.rows(f"select {columns} from reference order by id")


LINK = '<a href="http://journal.test/one.html">that</a>'


class Receive(Case):
    def test_the_entry_says_where_in_a_header_and_in_its_head(self):
        status, head, page = self.ask("GET", "/one.html")
        self.assertEqual(status, 200)
        self.assertEqual(head["link"], '<http://journal.test/webmention>; rel="webmention"')
        self.assertIn('<link rel="webmention" href="http://journal.test/webmention">', page)
        self.assertNotIn("webmention", self.ask("GET", "/shut.html")[1].get("link", ""))

    def test_a_page_that_links_here_becomes_a_held_reference_with_what_its_microformats_say(self):
        source = self.site.page("/reply", f"""<!doctype html><title>x</title><body><article class="h-entry">
            <a class="p-author h-card" href="/me"><img src="/me.jpg" alt="">Bea &amp; Co</a>
            <h1 class="p-name">An &lt;answer&gt;</h1><a class="u-in-reply-to" href="http://journal.test/one.html">to</a>
            <div class="e-content">I think <b>so</b>.<script>alert(1)</script></div></article>""")
        status, head, _ = self.mention(source)
        self.assertEqual(status, 202)
        where = head["location"].removeprefix("http://journal.test")
        self.work()
        self.assertEqual(self.references("status, type, title, url, author, author_url, excerpt, via"),
                         [(0, 1, "An <answer>", source, "Bea & Co", self.site.url + "/me", "I think so.", 1)])
        self.assertIn("waits for the owner", self.ask("GET", where)[2])
        self.assertNotIn("An &lt;answer&gt;", self.ask("GET", "/one.html")[2])
        self.change("update reference set status = 1")
        self.change("update entry set reference_count = 1 where path = '/one.html'")
        page = self.ask("GET", "/one.html")[2]
        self.assertIn("An &lt;answer&gt;", page)
        self.assertIn("Reply", page)
        self.assertIn("is among the references", self.ask("GET", where)[2])

    def test_under_cgi_the_work_begins_after_the_reply_by_itself(self):
        source = self.site.page("/a", LINK)
        self.assertEqual(self.mention(source)[0], 202)
        self.until(lambda: self.references() != [])

    def test_sent_again_it_is_brought_up_to_date_and_is_never_there_twice(self):
        source = self.site.page("/a", f"<title>Before</title>{LINK}")
        first = self.mention(source)[1]["location"]
        self.work()
        self.site.page("/a", f"<title>After</title>{LINK}")
        self.assertEqual(self.mention(source)[1]["location"], first)
        self.work()
        self.assertEqual(self.references(), [(0, "After", source)])

    def test_a_lost_link_and_a_410_take_it_away(self):
        for ending in (200, 410):
            source = self.site.page(f"/{ending}", LINK)
            where = self.mention(source)[1]["location"].removeprefix("http://journal.test")
            self.work()
            self.assertEqual(len(self.references()), 1)
            self.site.page(f"/{ending}", "nothing about it", ending)
            self.mention(source)
            self.work()
            self.assertEqual(self.references(), [])
            self.assertIn("does not link" if ending == 200 else "no longer there", self.ask("GET", where)[2])

    def test_what_is_no_link_is_none(self):
        for number, body in enumerate([
                "http://journal.test/one.html", "<!-- " + LINK + " -->", "<p>&lt;a href=http://journal.test/one.html&gt;",
                '<a href="http://journal.test/one.htmlx">x</a>', '<a href="http://journal.test.evil.test/one.html">x</a>',
                "<script>" + LINK + "</script>", '<template>' + LINK + '</template>',
                '<a title="http://journal.test/one.html">x</a>']):
            self.mention(self.site.page(f"/{number}", body))
        self.work()
        self.assertEqual(self.references(), [])
        self.assertEqual(self.rows("select distinct state from mention"), [(2,)])

    def test_links_of_every_kind_count(self):
        bodies = ['<a href="HTTP://Journal.Test/one.html#comments">x</a>', '<img src="https://journal.test/one.html">',
                  '<base href="http://journal.test/"><a href="one.html">x</a>', "<A HREF=http://journal.test/one.html>x"]
        for number, body in enumerate(bodies):
            self.mention(self.site.page(f"/{number}", body))
        self.mention(self.site.page("/text", "see http://journal.test/one.html.", headers={"Content-Type": "text/plain"}))
        self.mention(self.site.page("/json", '{"u": "http:\\/\\/journal.test\\/one.html"}',
                                    headers={"Content-Type": "application/json"}))
        self.work()
        self.assertEqual(len(self.references()), len(bodies) + 2)

    def test_redirects_are_followed_to_where_the_link_is_and_not_round_and_round(self):
        self.site.page("/here", LINK)
        moved = self.site.page("/moved", "", 302, {"Location": "/here"})
        for path, then in (("/r1", "/r2"), ("/r2", "/r1")):
            self.site.page(path, LINK, 302, {"Location": then})
        for source in (moved, self.site.url + "/r1"):
            self.assertEqual(self.mention(source)[0], 202)
        self.work()
        self.assertEqual(self.rows("select source, state from mention order by id"), [(moved, 1), (self.site.url + "/r1", 4)])
        self.assertEqual(len(self.references()), 1)

    def test_media_and_quotations_that_point_here_count_and_a_target_may_have_a_fragment(self):
        for number, body in enumerate(('<video src="http://journal.test/one.html"></video>', '<audio src="http://journal.test/one.html"></audio>',
                                       '<video><source src="http://journal.test/one.html"></video>',
                                       '<a href="http://journal.test/one.html?utm=1">x</a>')):
            self.mention(self.site.page(f"/m{number}", body))
        status, _, _ = self.mention(self.site.page("/fragment", '<a href="http://journal.test/one.html#comment-7">x</a>'),
                                    "http://journal.test/one.html#comment-7")
        self.assertEqual(status, 202)
        self.work()
        self.assertEqual(self.rows("select state from mention order by id"), [(1,), (1,), (1,), (2,), (1,)])

    def test_one_page_may_answer_two_entries(self):
        self.add(entry("two", "<p>More words.</p>"))
        source = self.site.page("/both", LINK + '<a href="http://journal.test/two.html">and that</a>')
        for target in ("one", "two"):
            self.assertEqual(self.mention(source, f"http://journal.test/{target}.html")[0], 202)
        self.work()
        self.assertEqual(self.rows("select count(distinct entry_id) from reference"), [(2,)])

    def test_what_cannot_be_a_mention_is_refused_in_plain_words(self):
        good, target = self.site.url + "/a", "http://journal.test/one.html"
        for source, other in ((target, target), ("ftp://x.test/", target), ("javascript:alert(1)", target), ("", target),
                              (good, "http://other.test/one.html"), (good, "http://journal.test/none.html"),
                              (good, "http://journal.test/shut.html"), (good, "http://journal.test"), (good, "")):
            status, _, text = self.mention(source, other)
            self.assertEqual(status, 400, (source, other))
            self.assertTrue(text.strip())
        self.assertEqual(self.ask("POST", "/webmention", body=b"{}", kind="application/json")[0], 415)
        self.assertEqual(self.ask("POST", "/webmention", body=b"source=%FF&target=x")[0], 400)
        self.assertEqual(self.ask("POST", "/webmention", body=b"x=" + b"a" * 99999)[0], 413)
        self.assertEqual(self.ask("GET", "/webmention/0123456789abcdef")[0], 404)
        self.assertEqual(self.rows("select count(*) from mention"), [(0,)])

    def test_machines_of_this_network_are_not_asked(self):
        other = Site()
        other.page("/a", LINK)
        asked = [f"http://127.0.0.1:{other.port}/a", f"http://localhost:{other.port}/a", "http://10.0.0.1/a",
                 "http://169.254.169.254/latest/meta-data/", "http://[::1]/a", "http://[::ffff:127.0.0.1]/a",
                 "http://2130706433/a", "http://0x7f000001/a", "http://0/a", "http://[64:ff9b::7f00:1]/a",
                 self.site.page("/moved", "", 302, {"Location": f"http://127.0.0.1:{other.port}/a"})]
        for source in asked:
            self.assertIn(self.mention(source)[0], (202, 400), source)
        self.work()
        self.assertEqual(other.gets, [])
        self.assertEqual(self.references(), [])
        self.assertEqual(self.rows("select source from mention where state <> 5"), [])
        other.close()

    def test_an_endless_page_is_cut_and_a_slow_one_tried_again_later(self):
        def endless(handler):
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")
            handler.end_headers()
            try:
                while True:
                    handler.wfile.write(b"x" * 65536)
            except OSError:
                pass

        self.site.pages["/endless"] = (200, {}, endless)
        self.site.page("/busy", "later", 503)
        self.mention(self.site.url + "/endless")
        self.mention(self.site.url + "/busy")
        self.work()
        self.assertEqual(self.rows("select state from mention order by id"), [(6,), (0,)])
        (run_at, attempts), = self.rows("select run_at, attempts from job")
        self.assertEqual(attempts, 1)
        self.assertTrue(55 <= run_at - time.time() <= 60)

    def test_a_page_of_very_many_elements_is_told_so_unless_its_link_comes_early(self):
        link = f"<p>{LINK}</p>"
        many = "<p>" + "<i>x</i>" * 60_000
        self.site.page("/late", "<!DOCTYPE html><title>Late</title>" + many + link)
        self.site.page("/early", "<!DOCTYPE html><title>Early</title>" + link + many)
        self.site.page("/none", "<!DOCTYPE html><title>None</title><p>nothing")
        states = [self.mention(self.site.url + path)[1]["location"] for path in ("/late", "/early", "/none")]
        self.work()
        self.assertEqual(self.rows("select state from mention order by id"), [(6,), (1,), (2,)])
        for address, said in zip(states, ("too long to be read to its end", "links to this entry", "does not link to this entry")):
            self.assertIn(said, self.ask("GET", address.removeprefix("http://journal.test"))[2])

    def test_a_worker_that_is_killed_in_the_middle_loses_nothing(self):
        asked = threading.Event()

        def hang(handler):
            asked.set()
            time.sleep(LIMIT)

        self.site.pages["/a"] = (200, {}, hang)
        self.mention(self.site.url + "/a")
        self.assertTrue(asked.wait(LIMIT))
        self.until(lambda: self.rows("select leased_by from job where leased_by <> ''") != [])
        for proc in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                words = (proc / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if words[0].endswith(b"/daybook-work") and self.home.encode() in words:
                os.kill(int(proc.name), signal.SIGKILL)
        self.site.page("/a", LINK)
        self.change("update job set lease_ends = 1")  # its time is over
        self.work()
        self.assertEqual(len(self.references()), 1)
        self.assertEqual(self.rows("select count(*) from job where kind <> 6"), [(0,)], "but that the owner is told of it")

    def test_two_workers_at_once_do_each_job_once(self):
        for number in range(20):
            self.site.page(f"/{number}", LINK)
        self.configure("rates = off")  # nobody is fetched from meanwhile
        pathlib.Path(self.home, "private", "worker.lock").touch()
        for number in range(20):
            self.mention(f"{self.site.url}/{number}")
        self.work()
        self.site.gets.clear()
        self.configure(f"fetch.allow = 127.0.0.1:{self.site.port}", "rates = off")
        self.change("insert into job (kind, subject, priority, run_at) select 1, id, 5, 0 from mention")
        work = os.path.join(os.path.dirname(DAYBOOK), "daybook-work")
        both = [subprocess.Popen([work, "--home", self.home, "--once"]) for _ in range(2)]
        for one in both:
            self.assertEqual(one.wait(60), 0)
        self.assertEqual(sorted(self.site.gets), sorted(f"/{n}" for n in range(20)))
        self.assertEqual(len(self.references()), 20)


class OtherWaysIn(Case):
    def test_trackback_is_off_until_the_owner_wants_it_then_held(self):
        form = {"url": "https://other.test/post", "title": "A <b>post</b>", "excerpt": "Its words", "blog_name": "Other"}
        status, _, text = self.ask("POST", "/one/trackback", form)
        self.assertEqual(status, 403)
        self.assertIn("<error>1</error>", text)
        self.run_daybook("settings", "--home", self.home, "set", "references.trackback", "on")
        for _ in range(2):
            status, head, text = self.ask("POST", "/one/trackback", form)
            self.assertEqual(status, 200)
            self.assertIn("<error>0</error>", text)
            self.assertTrue(head["content-type"].startswith("text/xml"))
        self.assertEqual(self.references("status, title, url, site_name, excerpt, via"),
                         [(0, "A <b>post</b>", "https://other.test/post", "Other", "Its words", 2)])
        self.assertEqual(self.ask("POST", "/one/trackback", {"url": "javascript:x"})[0], 400)
        self.assertEqual(self.ask("GET", "/one/trackback")[0], 301)  # a person who follows it
        self.assertEqual(self.ask("POST", "/none/trackback", form)[0], 404)

    def test_a_response_on_the_readers_own_site_is_looked_at_then_held(self):
        here = {"HTTP_ORIGIN": "http://journal.test"}
        form = self.ask("GET", "/one/respond")[2]
        for label in ("Article Title", "Article URL", "Article Excerpt (optional)", "Site Name", "Site URL (optional)",
                      "Author Name", "Create Reference", "http://journal.test/webmention"):
            self.assertIn(label, form)
        source = self.site.page("/mine", LINK)
        typed = {"title": "Mine & yours", "url": source, "excerpt": "About\nit", "site_name": "My site", "author": "Bea"}
        status, head, _ = self.ask("POST", "/one/respond", typed, here)
        self.assertEqual(status, 303)
        self.work()
        self.assertIn("waits for the owner", self.ask("GET", head["location"])[2])
        self.assertEqual(self.references("status, title, url, site_name, author, via"),
                         [(0, "Mine & yours", source, "My site", "Bea", 4)])

    def test_a_page_without_the_link_says_so_and_can_be_sent_again(self):
        source = self.site.page("/mine", "nothing")
        typed, here = {"url": source}, {"HTTP_ORIGIN": "http://journal.test"}
        where = self.ask("POST", "/one/respond", typed, here)[1]["location"]
        self.work()
        self.assertIn("does not link to this entry yet", self.ask("GET", where)[2])
        self.assertEqual(self.references(), [])
        self.site.page("/mine", LINK)
        self.assertEqual(self.ask("POST", "/one/respond", typed, here)[1]["location"], where)
        self.work()
        self.assertEqual(len(self.references()), 1)

    def test_errors_stand_beside_their_fields_with_everything_kept(self):
        here = {"HTTP_ORIGIN": "http://journal.test"}
        typed = {"title": "T<\"'>", "url": "nonsense here", "excerpt": "a\nb  c", "site_url": "::", "author": "x" * 51}
        status, _, page = self.ask("POST", "/one/respond", typed, here)
        self.assertEqual(status, 422)
        self.assertIn("<title>Error:", page)
        for field in ("r-url", "r-site-url", "r-author"):
            self.assertIn(f'id="{field}-error"', page)
            self.assertIn(f'<a href="#{field}">', page)
        self.assertIn("a\nb  c</textarea>", page)
        self.assertIn("51 characters; at most 50", page)
        self.assertEqual(self.ask("POST", "/one/respond", {"url": "http://journal.test/one.html"}, here)[0], 422)
        self.assertEqual(self.rows("select count(*) from mention"), [(0,)])

    def test_where_it_was_sent_from_decides(self):
        typed = {"url": self.site.page("/mine", LINK), "excerpt": "My words"}
        status, _, page = self.ask("POST", "/one/respond", typed, {"HTTP_ORIGIN": "http://evil.test"})
        self.assertEqual(status, 403)
        self.assertIn("My words", page)
        for unknown in ({}, {"HTTP_ORIGIN": "null"}):
            status, _, page = self.ask("POST", "/one/respond", typed, unknown)
            self.assertEqual(status, 200)
            self.assertIn("My words", page)
            self.assertIn('name="checked" value="1"', page)
        self.assertEqual(self.rows("select count(*) from mention"), [(0,)])
        self.assertEqual(self.ask("POST", "/one/respond", {**typed, "checked": "1"})[0], 303)


class Mail(Case):
    def setUp(self):
        super().setUp()
        from aiosmtpd.controller import Controller

        case = self
        self.mails = []

        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("nobody@"):
                    return "550 no such address"
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server, session, envelope):
                case.mails.append(envelope)
                return "250 taken"

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.server = Controller(Handler(), hostname="127.0.0.1", port=port)
        self.server.start()
        self.configure(f"smtp = 127.0.0.1:{port}", "rates = off")

    def tearDown(self):
        if self.server:
            self.server.stop()
        super().tearDown()

    def queue(self, to, **fields):
        self.change("insert into mail (template, recipient, fields, created_at) values (0, ?, ?, ?)", to,
                    json.dumps(fields), int(time.time()))
        self.change("insert into job (kind, subject, priority, run_at) select 0, max(id), 0, 0 from mail")

    def test_leaves_by_smtp_once_in_the_words_of_the_catalogue(self):
        import email
        import email.policy

        self.run_daybook("settings", "--home", self.home, "set", "title", "Über “das” & mehr")
        self.queue("bea@other.test", link="http://journal.test/confirm/x", entry="A title\r\nBcc: all@other.test",
                   entry_url="http://journal.test/one.html")
        self.work()
        self.work()
        self.assertEqual(len(self.mails), 1)
        envelope = self.mails[0]
        self.assertEqual((envelope.mail_from, envelope.rcpt_tos), ("ann@journal.test", ["bea@other.test"]))
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.assertEqual(mail["Subject"], "Confirm your address for Über “das” & mehr")
        self.assertEqual(mail["To"], "bea@other.test")
        self.assertIsNone(mail["Bcc"])
        self.assertIn("\n\nhttp://journal.test/confirm/x\n\n", mail.get_body(("plain",)).get_content().replace("\r\n", "\n"))
        self.assertTrue(mail["Message-ID"] and mail["Date"] and mail["Auto-Submitted"])
        self.assertEqual(self.rows("select count(*), sum(sent_at > 0), max(fields) from mail"), [(1, 1, "")])

    def test_an_address_that_does_not_exist_gets_nothing_more(self):
        self.queue("nobody@other.test")
        self.work()
        self.assertEqual(self.rows("select email from suppression"), [("nobody@other.test",)])
        self.assertEqual(self.rows("select count(*) from job"), [(0,)])

    def test_a_server_that_is_away_is_tried_again_a_minute_later(self):
        self.server.stop()
        self.server = None
        self.queue("bea@other.test")
        self.work()
        (run_at, error), = self.rows("select run_at, last_error from job")
        self.assertTrue(55 <= run_at - time.time() <= 60)
        self.assertTrue(error)

    def test_the_hosts_cap_is_kept(self):
        with open(self.config, "a", encoding="utf-8") as out:
            out.write("mail.per_hour = 2\n")
        for number in range(3):
            self.queue(f"r{number}@other.test")
        self.work()
        self.assertEqual(len(self.mails), 2)
        (run_at,), = self.rows("select run_at from job")
        self.assertGreater(run_at, time.time() + 3000)


if __name__ == "__main__":
    unittest.main()
