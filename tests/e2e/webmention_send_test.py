#!/usr/bin/python3
"""What an entry links to is told by webmention: when it is published, changed, taken away and when its time comes.

Endpoints are found as the W3C's test suite lists them, at a real web server. Last, two journals tell each other.
"""
import datetime
import http.server
import json
import os
import pathlib
import subprocess
import threading
import time
import unittest

from webmention_test import DAYBOOK, Case, Site, entry


class Owner(Case):
    def entry(self, act, *words, text="", **options):
        """`daybook entry`: the path of the entry."""
        more = [word for name, value in options.items() for word in (f"--{name}", value)]
        source = ["-"] if act in ("publish", "change") else []
        return json.loads(self.run_daybook("entry", "--home", self.home, "--json", *more, act, *words, *source,
                                           given=text))["path"]

    def links_to(self, *paths):
        return "<p>" + " ".join(f'<a href="{self.site.url}{path}">x</a>' for path in paths)

    def told(self):
        """(endpoint's path, source's path, target's path) of all that was sent, which is forgotten."""
        sent = [(path, form["source"][0].removeprefix("http://journal.test"),
                 form["target"][0].removeprefix(self.site.url)) for path, form in self.site.posts]
        self.site.posts.clear()
        return sorted(sent)

    def takes(self, path, endpoint="/endpoint"):
        self.site.page(path, f'<link rel="webmention" href="{endpoint}">')
        self.site.page(endpoint, "", 202)


class Sender(Owner):
    # --- when

    def test_on_publishing_on_a_change_and_where_the_link_went_away(self):
        self.takes("/a")
        self.takes("/b")
        path = self.entry("publish", title="New", text=self.links_to("/a"), format="html")
        self.work()
        self.assertEqual(self.told(), [("/endpoint", path, "/a")])
        self.work()
        self.assertEqual(self.told(), [], "once is enough")
        self.entry("change", path, text=self.links_to("/b"))
        self.work()
        self.assertEqual(self.told(), [("/endpoint", path, "/a"), ("/endpoint", path, "/b")])
        self.entry("change", path, text="<p>Nobody is linked now.")
        self.work()
        self.assertEqual(self.told(), [("/endpoint", path, "/b")])

    def test_its_end_is_told_and_then_its_address_answers_410(self):
        self.takes("/a")
        path = self.entry("publish", text=self.links_to("/a"), title="Short-lived", format="html")
        self.work()
        self.told()
        seen = []

        def endpoint(handler):
            seen.append(self.ask("GET", path)[0])
            handler.send_response(200)
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        self.site.pages["/endpoint"] = (200, {}, endpoint)
        self.entry("delete", path)
        self.work()
        self.assertEqual((self.told(), seen), ([("/endpoint", path, "/a")], [410]))
        self.entry("restore", path)
        self.work()
        self.assertEqual((self.told(), seen), ([("/endpoint", path, "/a")], [410, 200]))

    def test_a_scheduled_entry_tells_when_its_time_has_come_and_not_before(self):
        self.takes("/a")
        soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=3)
        self.entry("publish", title="Later", text=self.links_to("/a"), format="html", date=soon.isoformat(timespec="seconds"))
        self.work()
        self.assertEqual(self.told(), [])
        self.run_daybook("work", "--home", self.home, "--for", "5")
        self.assertEqual(len(self.told()), 1)

    def test_imported_entries_tell_nobody_but_those_that_are_still_to_come(self):
        self.takes("/a")
        self.add(entry("old", self.links_to("/a")))
        soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=3)
        self.add(entry("soon", self.links_to("/a"), date=soon.isoformat(timespec="seconds")))
        self.work()
        self.assertEqual(self.told(), [])
        self.run_daybook("work", "--home", self.home, "--for", "5")
        self.assertEqual([source for _, source, _ in self.told()], ["/soon.html"])
        self.run_daybook("mentions", "--home", self.home, "send", "/old.html")
        self.work()
        self.assertEqual([source for _, source, _ in self.told()], ["/old.html"], "asked for by hand")

    def test_what_became_of_each_is_shown(self):
        self.takes("/a")
        self.site.page("/none", "takes none")
        self.site.page("/refuses", '<link rel="webmention" href="/no">')
        self.site.page("/no", "", 400)
        path = self.entry("publish", title="Three", text=self.links_to("/a", "/none", "/refuses"), format="html")
        self.work()
        rows = json.loads(self.run_daybook("mentions", "--home", self.home, "--json", "list", path))
        self.assertEqual({row["target"].removeprefix(self.site.url): row["state"] for row in rows},
                         {"/a": "told", "/none": "takes none", "/refuses": "failed"})
        self.assertIn("it answered 400", self.run_daybook("mentions", "--home", self.home, "list"))

    # --- where

    def finds(self, page, headers=None, wanted="/found", moved=False):
        """Whether a page of that kind has its endpoint found."""
        self.site.pages.clear()
        self.site.posts.clear()
        self.site.page("/dir/page", page, headers=headers)
        for path in ("/found", "/dir/found", "/dir/page", "/wrong"):
            if path != "/dir/page":
                self.site.page(path, "", 202)
        target = "/dir/page"
        if moved:
            self.site.page("/moved/page", "", 302, {"Location": "/dir/page"})
            target = "/moved/page"
        path = self.entry("publish", title="Look", text=self.links_to(target), format="html")
        self.work()
        self.assertEqual(self.told(), [(wanted, path, target)], page)

    def test_every_place_for_an_endpoint(self):
        url = self.site.url
        self.finds("", {"Link": "</found>; rel=webmention"})
        self.finds("", {"Link": f"<{url}/found>; rel=webmention"})
        self.finds("", {"LINK": '</found>; rel="webmention"'})
        self.finds("", {"Link": '</found>; rel="webmention somethingelse"'})
        self.finds('<link rel=webmention href="/wrong">', [("Link", "</wrong>; rel=other"), ("Link", "</found>; rel=webmention")])
        self.finds("", {"Link": '</wrong>; rel="other", </found>; rel="webmention"'})
        self.finds("", {"Link": '</found>; rel="webmention somethingelse"; title="x"'})
        self.finds('<a rel="webmention" href="/wrong">x</a><link rel="webmention" href="/wrong">', {"Link": "</found>; rel=webmention"})
        self.finds('<link rel="webmention" href="/found"><a rel="webmention" href="/wrong">x</a>')
        self.finds('<link rel="webmention" href="/found">')
        self.finds(f'<link rel="webmention" href="{url}/found">')
        self.finds('<a href="/found" rel="webmention">x</a>')
        self.finds(f'<a rel="webmention" href="{url}/found">x</a>')
        self.finds('<LINK REL=webmention HREF=/found>')
        self.finds('<link rel="somethingelse webmention" href="/found">')
        self.finds('<link rel="not-webmention" href="/wrong"><a rel="webmention" href="/found">x</a>')
        self.finds('<!-- <link rel="webmention" href="/wrong"> --><a rel="webmention" href="/found">x</a>')
        self.finds('<pre>&lt;a rel="webmention" href="/wrong"&gt;</pre><a rel="webmention" href="/found">x</a>')
        self.finds('<a rel="webmention" href="/found">x</a><link rel="webmention" href="/wrong">')
        self.finds('<link rel="webmention"><a rel="webmention" href="/found">x</a>')
        self.finds('<link rel="webmention" href="found">', wanted="/dir/found")
        self.finds('<link rel="webmention" href="/found?a=1&amp;b=2">', wanted="/found?a=1&b=2")
        self.finds('<link rel="webmention" href="found">', wanted="/dir/found", moved=True)
        self.finds('<link rel="webmention" href="">', wanted="/dir/page")

    def test_the_endpoint_is_looked_for_anew_each_time(self):
        self.takes("/a")
        path = self.entry("publish", title="Moving", text=self.links_to("/a"), format="html")
        self.work()
        self.assertEqual(self.told(), [("/endpoint", path, "/a")])
        self.site.page("/a", '<link rel="webmention" href="/other">')
        self.site.page("/other", "", 202)
        self.entry("change", path, text=self.links_to("/a") + "<p>And more.")
        self.work()
        self.assertEqual(self.told(), [("/other", path, "/a")])

    def test_where_none_is_none_is_told(self):
        for page in ("<p>rel=webmention", '<!-- <a rel="webmention" href="/wrong"> -->', '<a rel="webmentions" href="/wrong">',
                     '<script>document.write("<link rel=webmention href=/wrong>")</script>',
                     '<a rel="webmention" href="javascript:alert(1)">x</a>', '<template><link rel=webmention href=/wrong></template>'):
            self.site.page("/a", page)
            self.site.page("/wrong", "", 202)
            self.entry("publish", title="None", text=self.links_to("/a"), format="html")
            self.work()
            self.assertEqual(self.told(), [], page)

    def test_an_endpoint_inside_this_network_is_not_asked(self):
        other = Site()
        self.addCleanup(other.close)
        self.site.page("/a", f'<link rel="webmention" href="http://127.0.0.1:{other.port}/shutdown">')
        self.site.page("/b", '<link rel="webmention" href="/moves">')
        self.site.page("/moves", "", 307, {"Location": f"http://127.0.0.1:{other.port}/shutdown"})
        self.entry("publish", title="Inside", text=self.links_to("/a", "/b"), format="html")
        self.work()
        self.assertEqual((other.gets, other.posts), ([], []))


class Bridge:
    """One journal behind Python's web server, each request a CGI run."""

    def __init__(self, folder, name):
        bridge = self
        self.home = os.path.join(folder, name)

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                env = {"GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": self.command, "REQUEST_URI": self.path,
                       "SCRIPT_NAME": "", "QUERY_STRING": self.path.partition("?")[2], "SERVER_PROTOCOL": "HTTP/1.1",
                       "HTTP_HOST": self.headers["Host"], "REMOTE_ADDR": "203.0.113.9", "DAYBOOK_HOME": bridge.home,
                       "CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body)),
                       "PATH": os.environ["PATH"]}
                done = subprocess.run([DAYBOOK], input=body, capture_output=True, timeout=60, env=env)
                head, _, text = done.stdout.partition(b"\r\n\r\n")
                lines = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
                self.send_response(int(lines.pop("Status", "200").split()[0]))
                for key, value in lines.items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = answer

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class TwoJournals(Owner):
    def setUp(self):
        super().setUp()
        self.other = Bridge(self.folder.name, "other")
        self.own = Bridge(self.folder.name, "home")
        for bridge, name in ((self.other, "Bea"), (self.own, "Ann")):
            if name == "Bea":
                self.run_daybook("init", "--home", bridge.home, "--title", f"{name}'s journal", "--url", bridge.url,
                                 "--owner", name, "--email", "a@journal.test", "--password-stdin", given="correct horse\n")
            pathlib.Path(bridge.home, "private", "daybook.conf").write_text(
                f"url = {bridge.url}\nrates = off\nfetch.allow = 127.0.0.1:{self.other.port} 127.0.0.1:{self.own.port}\n")
        done = self.run_daybook("entry", "--home", self.other.home, "--title", "Target", "publish", "-", given="Words")
        self.target = done.strip()

    def tearDown(self):
        for bridge in (self.other, self.own):
            bridge.server.shutdown()
            bridge.server.server_close()
        super().tearDown()

    def there(self):
        done = self.run_daybook("comments", "--home", self.other.home, "--json", "--status", "all", "list")
        return [(row["title"].replace("\xa0", " "), row["text"], row["status"]) for row in json.loads(done)]

    def test_publish_change_and_delete_arrive_at_another_daybook(self):
        path = self.entry("publish", title="My answer", text=f'I think of [that]({self.target}) a lot.')
        self.work()
        self.run_daybook("work", "--home", self.other.home)
        self.assertEqual(self.there(), [("My answer", "I think of that a lot.", "waiting")])
        self.entry("change", path, title="My second thought", text=f'Not of [that]({self.target}).')
        self.work()
        self.run_daybook("work", "--home", self.other.home)
        self.assertEqual(self.there(), [("My second thought", "Not of that.", "waiting")])
        self.entry("delete", path)
        self.work()
        self.run_daybook("work", "--home", self.other.home)
        self.assertEqual(self.there(), [])
        self.entry("restore", path)
        self.work()
        self.run_daybook("work", "--home", self.other.home)
        self.assertEqual(len(self.there()), 1)
        self.entry("change", path, text="It has no link any more.")
        self.work()
        self.run_daybook("work", "--home", self.other.home)
        self.assertEqual(self.there(), [])


if __name__ == "__main__":
    unittest.main()
