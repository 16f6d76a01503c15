"""nginx keeps Daybook's pages itself (nginx/nginx-cache.conf), as a CDN would: for as long as Daybook says, asking with the
page's mark when that is over, and an old page rather than none while nobody answers."""
import os
import re
import signal
import time
import unittest

from journal_site import JournalSite, entry, until

SECONDS = 2


def reload(site):
    os.kill(int((site.server.run / "nginx.pid").read_text()), signal.SIGHUP)


def put_in_front(site):
    """What the comment at the head of nginx-cache.conf tells the owner to do. Returns the log of what became of each request."""
    run = site.server.run
    own = run / "conf/nginx-cache.conf"
    path = re.search(r"^#\s+(fastcgi_cache_path .*;)$", own.read_text(), re.M).group(1)
    log = run / "cache.log"
    whole = run / "conf/nginx-standalone.conf"
    whole.write_text(whole.read_text().replace("    server {\n", f"""    {path}
    log_format cache '$request_uri $upstream_cache_status $upstream_status';
    server {{
        access_log {log} cache;
        include {own};
""", 1))
    reload(site)
    until(lambda: site.get("/archive") and log.exists() and log.read_text(), "the reload")
    return log


class Cache(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite(entries=[entry("first", "First", "2019-03-01T10:00:00+00:00"),
                                        entry("second", "Second", "2019-03-02T10:00:00+00:00", password="secret")])
        cls.site.set("cache.seconds", str(SECONDS))
        cls.log = put_in_front(cls.site)

    @classmethod
    def tearDownClass(cls):
        cls.site.stop()

    def said(self, path):
        """What became of each request for that path so far: ["MISS 200", "HIT -", …]."""
        lines = (line.split(" ", 1) for line in self.log.read_text().splitlines())
        return [what for asked, what in lines if asked == path]

    def test_a_page_is_handed_out_then_asked_for_by_its_mark(self):
        path = "/2019/3/1/first.html"
        made = self.site.get(path)
        self.assertEqual(made["Cache-Control"],
                         f"public, max-age=0, s-maxage={SECONDS}, stale-while-revalidate={SECONDS}, stale-if-error=3600")
        self.assertEqual(self.site.get(path).body, made.body)
        time.sleep(SECONDS + 1.1)
        self.assertEqual(self.site.get(path).body, made.body)  # the old one; nginx asks behind the reader's back
        until(lambda: self.site.get(path) and self.said(path)[-1].startswith("HIT"), "a page that is good again")
        time.sleep(2 * SECONDS + 1.1)
        self.assertEqual(self.site.get(path).body, made.body)
        until(lambda: "REVALIDATED 304" in self.said(path), "the answer, for which this reader had to wait")
        said = self.said(path)
        self.assertEqual(said[:3], ["MISS 200", "HIT -", "STALE -"])

    def test_a_change_is_seen_after_that_time(self):
        self.site.get("/")
        self.site.set("tagline", "Changed meanwhile")
        begun = time.monotonic()
        until(lambda: "Changed meanwhile" in self.site.get("/").text, "the change")
        self.assertLess(time.monotonic() - begun, 2 * SECONDS + 3)

    def test_readers_with_the_mark_are_told_by_the_cache(self):
        def told():
            made = self.site.get("/archive")
            again = self.site.get("/archive", If_None_Match=made["ETag"])
            return (again.status, again.body) == (304, b"")

        until(told, "a page that did not change between two visits")

    def test_what_is_for_one_person_is_never_kept(self):
        for path in ("/admin/sign-in", "/no/such/page", "/comment/mine"):
            for _ in range(3):
                self.assertIn("no-store", self.site.get(path)["Cache-Control"] or "", path)
            self.assertEqual({one.partition(" ")[0] for one in self.said(path)} - {"MISS", "-", "BYPASS"}, set(), path)

    def test_an_entry_behind_a_password_is_read_by_who_typed_it_only(self):
        path = "/2019/3/2/second.html"
        for _ in range(2):
            self.assertNotIn("Text of second", self.site.get(path).text)
            opened = self.site.post("/2019/3/2/second/unlock", "password=secret")
            self.assertIn("Text of second", opened.text)
            self.assertIn("no-store", opened["Cache-Control"])

    def test_pages_are_no_files_meanwhile(self):
        for _ in range(3):
            self.site.get("/2019/")
            time.sleep(1)
        live = self.site.home / "public/live"
        self.assertEqual([file for file in live.rglob("*.html")] if live.exists() else [], [])

    def test_while_nobody_answers_the_old_page_is_read(self):
        with JournalSite(entries=[entry("first", "First", "2019-03-01T10:00:00+00:00")]) as site:
            site.set("cache.seconds", "1")
            put_in_front(site)
            body = site.get("/2019/3/1/first.html").body
            conf = site.server.run / "conf/nginx.conf"
            conf.write_text(conf.read_text().replace("daybook.sock", "nobody.sock"))
            reload(site)
            until(lambda: site.get(f"/archive?{time.monotonic()}").status == 503, "the program to be away")
            self.assertEqual(site.get("/2019/3/1/first.html").body, body)


if __name__ == "__main__":
    unittest.main()
