#!/usr/bin/python3
"""Pages behind a webmention that are meant to do harm: what they say of themselves runs nowhere, what they do costs a
bounded time, and nothing of them is stored by halves."""
import gzip
import json
import os
import pathlib
import time
import unittest

from webmention_test import LINK, SOURCE, Case
import page as pages

XSS = pathlib.Path(os.environ.get("DAYBOOK_SHARED", SOURCE.parent / "shared")) / "xss/payloads.jsonl"


class Hostile(Case):
    def state(self, source):
        return self.rows("select state from mention where source = ?", source)[0][0]

    def send(self, path, body, **more):
        """A page, or what a function does with the request, said to link here."""
        if callable(body):
            self.site.pages[path] = (200, {}, body)
            source = self.site.url + path
        else:
            source = self.site.page(path, body, **more)
        self.assertEqual(self.mention(source)[0], 202)
        return source

    def shown(self):
        """The entry's page once all references are let in."""
        self.change("update reference set status = 1")
        self.change("update entry set reference_count = (select count(*) from reference where entry_id = entry.id)")
        return self.ask("GET", "/one.html")[2]

    def test_what_pages_say_of_themselves_is_text(self):
        if not XSS.exists():
            self.skipTest("no payloads here")
        payloads = [json.loads(line) for line in XSS.read_text().splitlines() if line.strip()]
        texts = [item["payload"] for item in payloads]
        clean = self.ask("GET", "/one.html")[2]
        count = 60
        step = max(1, len(texts) // count)
        used = texts[::step]
        for number, text in enumerate(used):
            safe = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
            self.send(f"/{number}", f"""<title>{text}</title><meta property="og:site_name" content="{safe}">
                <div class="h-entry"><h1 class="p-name">{safe}</h1><a class="p-author h-card" href="{safe}">{safe}</a>
                <div class="e-content">{safe} {LINK}</div></div>""")
            form = {"url": self.site.url + f"/{number}", "title": text, "excerpt": text, "site_name": text[:200], "site_url": text,
                    "author": text[:50]}
            self.ask("POST", "/one/respond", form, {"HTTP_ORIGIN": "http://journal.test"})
        self.work()
        self.assertGreater(len(self.references()), count // 2)
        page = self.shown()
        self.assertEqual(page.count("<script"), clean.count("<script"))
        main = pages.parse(page).one("main")
        for element in main.all("a"):
            self.assertRegex(element["href"] or "", r"^(https?://|mailto:|/|#|$)")
        for bad in ("javascript:", "<iframe", "<svg", "<object", "<embed"):
            self.assertEqual(page.lower().count(f'href="{bad}' if bad.endswith(":") else bad), clean.lower().count(bad), bad)

    def test_ten_thousand_nested_tags(self):
        begun = time.monotonic()
        source = self.send("/deep", "<div><b>" * 5000 + LINK + "</b></div>" * 5000)
        self.work()
        self.assertEqual(self.state(source), 1)
        self.assertLess(time.monotonic() - begun, 10)

    def test_a_page_that_was_packed_unasked_is_not_unpacked(self):
        bomb = gzip.compress(b"\0" * (200 << 20))

        def answer(handler):
            self.assertIsNone(handler.headers["Accept-Encoding"])
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")
            handler.send_header("Content-Encoding", "gzip")
            handler.send_header("Content-Length", str(len(bomb)))
            handler.end_headers()
            try:
                handler.wfile.write(bomb)
            except OSError:
                pass

        source = self.send("/bomb", answer)
        self.work()
        self.assertEqual((self.state(source), self.references()), (4, []))

    def test_a_page_that_drips_is_left_after_its_time(self):
        def drip(handler):
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")
            handler.end_headers()
            try:
                for _ in range(400):
                    handler.wfile.write(b"x")
                    handler.wfile.flush()
                    time.sleep(0.1)
            except OSError:
                pass

        source = self.send("/drip", drip)
        begun = time.monotonic()
        self.work()
        self.assertLess(time.monotonic() - begun, 25)
        self.assertEqual(self.state(source), 0, "it is tried again")
        self.assertEqual(self.rows("select count(*) from job"), [(1,)])

    def test_endless_headers_and_redirects_end(self):
        def headers(handler):
            try:
                handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
                while True:
                    handler.wfile.write(b"X-Fill: " + b"y" * 1000 + b"\r\n")
            except OSError:
                pass

        circle = self.send("/circle", "", status=302, headers={"Location": "/circle"})
        self.work()  # first, for a host that was too slow once is left alone for a while
        self.assertEqual(self.state(circle), 4)
        endless = self.send("/headers", headers)
        self.work()
        self.assertIn(self.state(endless), (0, 4))

    def test_other_encodings_are_read_and_wrong_ones_survived(self):
        def raw(kind, data):
            def answer(handler):
                handler.send_response(200)
                handler.send_header("Content-Type", kind)
                handler.send_header("Content-Length", str(len(data)))
                handler.end_headers()
                handler.wfile.write(data)
            return answer

        text = f'<title>Grüße</title>{LINK}'
        kinds = {"/latin": ("text/html; charset=iso-8859-1", text.encode("latin-1")),
                 "/wide": ("text/html", b"\xff\xfe" + text.encode("utf-16-le")),
                 "/lies": ("text/html; charset=utf-8", text.encode("latin-1")),
                 "/nobody": ("text/html; charset=x-nobody-knows", text.encode())}
        for path, (kind, data) in kinds.items():
            self.send(path, raw(kind, data))
        self.work()
        titles = {url.removeprefix(self.site.url): title for _, title, url in self.references()}
        self.assertEqual(titles, {"/latin": "Grüße", "/wide": "Grüße", "/lies": "Gr\ufffd\ufffde", "/nobody": "Grüße"})

    def test_a_404_takes_nothing_away_for_days_and_a_410_does_at_once(self):
        source = self.send("/a", LINK)
        self.work()
        self.assertEqual(len(self.references()), 1)
        self.site.page("/a", "", 404)
        self.mention(source)
        for _ in range(6):
            self.work()
            self.assertEqual(len(self.references()), 1)
            self.change("update job set run_at = 0")
        self.site.page("/a", LINK)
        self.work()
        self.assertEqual((len(self.references()), self.state(source)), (1, 1))
        self.site.page("/a", "", 404)
        self.mention(source)
        for _ in range(13):
            self.change("update job set run_at = 0")
            self.work()
        self.assertEqual((self.references(), self.state(source)), ([], 3))


if __name__ == "__main__":
    unittest.main()
