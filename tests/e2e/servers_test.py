#!/usr/bin/env python3
"""The gateway behind real web servers, each from the configuration that is shipped in nginx/.

Not about the journal: the program is tests/tools/echo_app.cc, which says what reached it.
Every server runs at a host's root and in the folder /blog. Needs nginx, fcgiwrap, apache2, libapache2-mod-fcgid,
lighttpd and lighttpd-mod-deflate; runs as root (then the servers are www-data) or as anybody.

    python3 tests/e2e/servers_test.py            all of them
    python3 tests/e2e/servers_test.py NginxBlog  one of them
Environment: DAYBOOK_BUILD, the build folder (default: build in the source folder).
"""
import http.client
import os
import pathlib
import shutil
import signal
import sys
import tempfile
import time
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "scripts"))
from local_server import LocalServer  # noqa: E402

BUILD = pathlib.Path(os.environ.get("DAYBOOK_BUILD", SOURCE / "build"))
PROGRAM = BUILD / "echo_app"
BY_CGI = ("nginx-fcgiwrap", "apache-cgid", "apache-htaccess", "apache-norewrite", "lighttpd-cgi")


def fnv(data):
    value = 14695981039346656037
    for byte in data:
        value = ((value ^ byte) * 1099511628211) & (2**64 - 1)
    return value


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()
        self.length = response.headers.get("Content-Length")

    def fields(self):
        """What echo_app said: name=value lines; its "header x=y" lines under "x"."""
        out = {}
        for line in self.body.decode("utf-8", "replace").splitlines():
            name, _, value = line.partition("=")
            out[name.removeprefix("header ")] = value
        return out


class Site(LocalServer):
    """One web server with one program behind it, in a folder of its own."""
    probe = "/echo"

    def __init__(self, kind, prefix):
        self.kind = kind
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="daybook-e2e-"))
        self.dir.chmod(0o755)
        self._make_home(self.dir / "home")
        super().__init__(self.dir / "home", PROGRAM, kind.partition("-")[0], "cgi" if kind in BY_CGI else "fastcgi", prefix=prefix,
                         include="nginx.conf" if kind.startswith("nginx") else kind + ".conf")

    def _make_home(self, home):
        for folder in ("private", "public/live/sub", "public/media", "public/static"):
            (home / folder).mkdir(parents=True)
        files = {
            "private/secret.txt": "SECRET",
            "public/live/index.html": "<p>kept front page",
            "public/live/stored.html": "<p>kept page",
            "public/live/bare": "<p>kept without ending",
            "public/live/sub/index.html": "<p>kept folder page",
            "public/live/.gen": "SECRET",
            "public/live/archive": "<p>kept archive",
            "public/static/style.0123.css": "body { margin: 0 }\n" * 200,
            "public/static/.hidden": "SECRET",
            "public/media/photo.png": "\x89PNG",
            "public/media/drawing.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "public/media/page.html": "<script>alert(1)</script>",
            "public/media/run.cgi": "#!/bin/sh\necho 'Content-Type: text/plain'\necho\necho RAN\n",
            "public/media/run.fcgi": "#!/bin/sh\necho RAN\n",
            "public/media/.hidden": "SECRET",
        }
        for name, text in files.items():
            (home / name).write_text(text, encoding="latin-1")
        for name in ("run.cgi", "run.fcgi"):
            (home / "public/media" / name).chmod(0o755)
        (home / "private").chmod(0o700)

    def _lay_out(self):
        super()._lay_out()
        (self.run / "docroot/neighbour.txt").write_text("not Daybook\n")
        if self.kind == "apache-norewrite":
            server = self.conf / "apache-standalone.conf"
            lines = server.read_text().splitlines(keepends=True)
            server.write_text("".join(line for line in lines if "mod_rewrite" not in line))
            (self.conf / "apache-norewrite.conf").write_text((self.conf / "apache-cgid.conf").read_text())
        if self.kind == "apache-htaccess":
            shutil.copy(self.conf / "htaccess", self.home / "public/.htaccess")
            (self.conf / "apache-htaccess.conf").write_text(self.fill(
                'Alias "@PREFIX@/" "@HOME@/public/"\nLimitRequestLine 16400\n'
                '<Directory "@HOME@/public">\nRequire all granted\nAllowOverride All\n</Directory>\n'))

    def _program_for_socket(self, sock):
        return [self.run / "daybook", "--socket", sock, "--workers", "2"]

    @property
    def master(self):
        return self.processes[0]

    def stop(self):
        super().stop()
        shutil.rmtree(self.dir, ignore_errors=True)

    def ask(self, method, path, headers=(), body=None, whole=False):
        """`path` is below the prefix unless `whole`; nothing is normalised on the way."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, path if whole else self.prefix + path, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        chunked = body is not None and not isinstance(body, bytes)
        if chunked:
            connection.putheader("Transfer-Encoding", "chunked")
        elif body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body, encode_chunked=chunked)
        try:
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def get(self, path, **more):
        return self.ask("GET", path, **more)


class Checks:
    """What must hold behind every server; the classes below say which."""
    kind = prefix = ""

    @classmethod
    def setUpClass(cls):
        cls.site = Site(cls.kind, cls.prefix)
        cls.apache = cls.kind.startswith("apache")

    @classmethod
    def tearDownClass(cls):
        cls.site.stop()

    def get(self, path, **more):
        return self.site.get(path, **more)

    def test_get_reaches_the_program_below_its_prefix(self):
        fields = self.get("/echo?a=b%20c&d").fields()
        self.assertEqual(fields["method"], "GET")
        self.assertEqual(fields["path"], "/echo")
        self.assertEqual(fields["prefix"], self.prefix)
        self.assertEqual(fields["query"], "a=b%20c&d")
        self.assertEqual(fields["host"], f"127.0.0.1:{self.site.port}")
        self.assertEqual(fields["https"], "0")
        self.assertEqual(fields["remote"], "127.0.0.1")

    def test_head_has_the_headers_of_get_and_no_body(self):
        for path in ("/large?bytes=12345", "/stored.html"):
            get = self.get(path)
            head = self.site.ask("HEAD", path)
            self.assertEqual(head.status, 200)
            self.assertEqual(head.body, b"")
            self.assertEqual(head.headers["Content-Type"], get.headers["Content-Type"])
            # Apache leaves the length out of an answer to HEAD that went through its compressor.
            if head.length is not None:
                self.assertEqual(int(head.length), len(get.body), path)

    def test_options_names_the_methods(self):
        answer = self.site.ask("OPTIONS", "/archive")
        self.assertEqual(answer.status, 204)
        self.assertEqual(answer.headers["Allow"], "GET, HEAD, OPTIONS")

    def test_wrong_method_is_405_with_allow(self):
        for path in ("/archive", "/gone"):
            answer = self.site.ask("POST", path, body=b"x=1")
            self.assertEqual(answer.status, 405)
            self.assertEqual(answer.headers["Allow"], "GET, HEAD, OPTIONS")
        self.assertEqual(self.site.ask("DELETE", "/owner").status, 405)

    def test_missing_is_404_by_the_program(self):
        for path in ("/no/such/page", "/static/none.css", "/media/none.png", "/sub/none.html"):
            answer = self.get(path)
            self.assertEqual(answer.status, 404, path)
            self.assertIn("X-Request-Id", answer.headers, path)
            self.assertEqual(self.site.ask("HEAD", path).status, 404, path)

    def test_gone_and_failed_keep_their_status(self):
        self.assertEqual(self.get("/gone").status, 410)
        self.assertEqual(self.get("/fails").status, 500)

    def test_slash_at_the_end_is_redirected_with_its_query(self):
        answer = self.get("/archive/?a=b")
        self.assertEqual(answer.status, 308)
        self.assertTrue(answer.headers["Location"].endswith(self.prefix + "/archive?a=b"))
        answer = self.get("/2007/3")
        self.assertEqual(answer.status, 308)
        self.assertTrue(answer.headers["Location"].endswith(self.prefix + "/2007/3/"))

    def test_the_bare_folder_name_leads_into_it(self):
        if self.prefix and self.kind != "apache-htaccess":
            answer = self.site.get(self.prefix, whole=True)
            self.assertEqual(answer.status, 308)
            self.assertTrue(answer.headers["Location"].endswith(self.prefix + "/"))

    def test_conditional_get_is_304_without_a_body(self):
        answer = self.get("/archive?x=1")
        self.assertEqual(answer.headers["ETag"], '"r1"')
        self.assertIn("must-revalidate", answer.headers["Cache-Control"])
        again = self.get("/archive?x=1", headers=[("If-None-Match", answer.headers["ETag"])])
        self.assertEqual((again.status, again.body), (304, b""))
        packed = self.get("/archive?x=1", headers=[("Accept-Encoding", "gzip")])
        self.assertEqual(packed.headers["Content-Encoding"], "gzip")
        again = self.get("/archive?x=1", headers=[("Accept-Encoding", "gzip"),
                                                  ("If-None-Match", packed.headers["ETag"])])
        self.assertEqual(again.status, 304, packed.headers["ETag"])

    def test_paths_are_decoded_once(self):
        for raw, path in (("/echo/a%20b", "/echo/a b"), ("/echo/%C3%BC", "/echo/ü"),
                          ("/echo/a%2520b", "/echo/a%20b"), ("/echo/a+b", "/echo/a+b"),
                          ("/echo/100%25", "/echo/100%"), ("/echo/a%3Fb", "/echo/a?b"),
                          ("/echo/q%26a;b,c", "/echo/q&a;b,c")):
            answer = self.get(raw)
            self.assertEqual(answer.status, 200, raw)
            self.assertEqual(answer.fields()["path"], path)

    def test_encoded_and_doubled_slashes_mean_nothing(self):
        for raw in ("/echo/a%2Fb", "/echo//a/b", "/echo/a//b"):
            answer = self.get(raw)
            if self.kind == "apache-htaccess" and "%2F" in raw:
                self.assertEqual(answer.status, 404)  # Apache's own; only the main configuration can change it
                continue
            self.assertIn(answer.status, (200, 308), raw)
            if answer.status == 308:
                self.assertTrue(answer.headers["Location"].endswith(self.prefix + "/echo/a/b"), raw)
            else:
                self.assertEqual(answer.fields()["path"], "/echo/a/b", raw)

    def test_nothing_outside_is_reachable(self):
        for raw in ("/../private/secret.txt", "/..%2fprivate%2fsecret.txt", "/%2e%2e/private/secret.txt",
                    "/static/../../private/secret.txt", "/static/%2e%2e/%2e%2e/private/secret.txt",
                    "/static../private/secret.txt", "/media../../private/secret.txt", "/private/secret.txt",
                    "/live/stored.html", "/echo/%00", "/static/style%00.css", "/.gen", "/static/.hidden",
                    "/media/.hidden", "/.htaccess", "/live/.gen", "/sub/../.gen", "/sub/%2e%2e/.gen"):
            answer = self.get(raw)
            self.assertIn(answer.status, (400, 403, 404), raw)
            self.assertNotIn(b"SECRET", answer.body, raw)

    def test_bodies_arrive_whole(self):
        small, large = b"hello", os.urandom(1 << 20) * 3
        for body in (b"", small, large):
            fields = self.site.ask("POST", "/echo", body=body).fields()
            self.assertEqual(fields["method"], "POST")
            self.assertEqual(fields["body"].split()[0], str(len(body)))
        self.assertEqual(self.site.ask("POST", "/echo", body=small).fields()["body"], f"5 {fnv(small)}")

    def test_bodies_without_a_length_arrive(self):
        fields = self.site.ask("POST", "/echo", body=iter([b"hel", b"lo"])).fields()
        self.assertEqual(fields["body"], f"5 {fnv(b'hello')}")

    def test_a_body_over_the_routes_cap_is_413(self):
        for size in (1001, 2_000_000):
            answer = self.site.ask("POST", "/echo/small", body=b"x" * size)
            self.assertEqual(answer.status, 413, size)

    def test_a_post_with_query_and_to_a_kept_page_reaches_the_program(self):
        fields = self.site.ask("POST", "/echo?x=1", body=b"a=b").fields()
        self.assertEqual((fields["query"], fields["body"].split()[0]), ("x=1", "3"))
        self.assertEqual(self.site.ask("POST", "/stored.html", body=b"a=b").status, 404)
        self.assertEqual(self.site.ask("PUT", "/echo", body=b"a=b").fields()["method"], "PUT")

    def test_sixty_headers_pass_and_seventy_are_431(self):
        many = [(f"X-Test-{i}", str(i)) for i in range(60)]
        fields = self.get("/echo", headers=many).fields()
        self.assertEqual(fields["x-test-59"], "59")
        self.assertEqual(self.get("/echo", headers=many + [(f"Y-{i}", "1") for i in range(10)]).status, 431)

    def test_a_long_address_passes_and_a_longer_one_is_414(self):
        self.assertEqual(len(self.get("/echo?" + "x" * 12000).fields()["query"]), 12000)
        self.assertIn(self.get("/echo?" + "x" * 17000).status, (414, 431))
        self.assertIn(self.get("/echo?" + "x" * 60000).status, (400, 414, 431))

    def test_authorization_arrives_and_proxy_does_not(self):
        fields = self.get("/echo", headers=[("Authorization", "Bearer t0ken"), ("Proxy", "evil:80")]).fields()
        self.assertEqual(fields["authorization"], "Bearer t0ken")
        self.assertNotIn("proxy", fields)

    def test_forwarded_protocol_is_not_believed(self):
        self.assertEqual(self.get("/echo", headers=[("X-Forwarded-Proto", "https")]).fields()["https"], "0")

    def test_static_files_are_cached_for_ever(self):
        answer = self.get("/static/style.0123.css")
        self.assertEqual(answer.status, 200)
        self.assertTrue(answer.headers["Content-Type"].startswith("text/css"))
        self.assertIn("immutable", answer.headers["Cache-Control"])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertNotIn("X-Request-Id", answer.headers)
        again = self.get("/static/style.0123.css", headers=[("If-None-Match", answer.headers["ETag"])])
        self.assertEqual(again.status, 304)

    def test_media_are_shown_or_downloaded_but_never_run(self):
        photo = self.get("/media/photo.png")
        self.assertEqual((photo.status, photo.headers["Content-Type"]), (200, "image/png"))
        self.assertNotIn("Content-Disposition", photo.headers)
        drawing = self.get("/media/drawing.svg")
        self.assertTrue(drawing.headers["Content-Type"].startswith("image/svg+xml"))
        self.assertIn("sandbox", drawing.headers["Content-Security-Policy"])
        for name in ("page.html", "run.cgi", "run.fcgi"):
            answer = self.get("/media/" + name)
            self.assertEqual(answer.status, 200, name)
            self.assertEqual(answer.headers["Content-Disposition"], "attachment", name)
            self.assertIn("sandbox", answer.headers["Content-Security-Policy"], name)
            self.assertIn("echo" if "run" in name else "alert", answer.body.decode(), name)
            self.assertNotIn(b"\nRAN", b"\n" + answer.body, name)
        for answer in (photo, drawing):
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_kept_pages_answer_without_the_program(self):
        for path, text in (("/stored.html", "<p>kept page"), ("/bare", "<p>kept without ending"),
                           ("/sub/", "<p>kept folder page"), ("/archive", "<p>kept archive"),
                           ("/", "<p>kept front page")):
            answer = self.get(path)
            self.assertEqual((answer.status, answer.body.decode()), (200, text), path)
            self.assertTrue(answer.headers["Content-Type"].startswith("text/html"), path)
            self.assertNotIn("X-Request-Id", answer.headers)
            again = self.get(path, headers=[("If-None-Match", answer.headers["ETag"])])
            self.assertEqual(again.status, 304, path)

    def test_kept_pages_carry_the_headers_of_the_programs_pages(self):
        kept, made = self.get("/stored.html"), self.get("/archive?x=1")
        for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy",
                     "Cross-Origin-Opener-Policy", "Cache-Control"):
            self.assertIsNotNone(made.headers[name], name)
            self.assertEqual(kept.headers.get_all(name), made.headers.get_all(name), name)

    def test_the_programs_own_headers_reach_the_reader(self):
        for path in ("/own", "/own/deep/", "/own/page.html", "/own/deep/page", "/own/picture.svg", "/own?x=1"):
            for method in ("GET", "HEAD"):
                answer = self.site.ask(method, path)
                self.assertEqual(answer.status, 200, path)
                self.assertTrue(answer.headers["Content-Type"].startswith("text/html"), path)
                self.assertEqual(answer.headers.get_all("Cache-Control"), ["private, no-cache"], path)
                self.assertEqual(answer.headers.get_all("Referrer-Policy"), ["no-referrer"], path)
                self.assertEqual(answer.headers.get_all("Content-Disposition"), ["inline"], path)
                policies = answer.headers.get_all("Content-Security-Policy")
                self.assertEqual(len(policies), 1, path)
                self.assertIn("https://video.example", policies[0], path)

    def test_a_missing_file_is_not_cached_like_one(self):
        for path in ("/static/none.css", "/media/none.png", "/media/none.svg", "/media/none.html", "/none", "/none.html",
                     "/none/", "/static/", "/media/", "/static", "/media"):
            answer = self.get(path)
            self.assertEqual(answer.status, 404, path)
            caching = answer.headers.get_all("Cache-Control")
            self.assertEqual(len(caching), 1, path)
            self.assertNotIn("immutable", caching[0], path)
            self.assertNotIn("public", caching[0], path)
            self.assertNotIn("Content-Disposition", answer.headers, path)
            policies = answer.headers.get_all("Content-Security-Policy")
            self.assertEqual(len(policies), 1, path)
            self.assertIn("form-action", policies[0], path)

    def test_the_programs_own_name_is_no_second_address(self):
        for name in ("daybook.cgi", "daybook.fcgi"):
            for path in ("", "/", "/archive", "/2007/3/", "/echo/a%20b?x=1"):
                answer = self.get(f"/{name}{path}")
                self.assertIn(answer.status, (308, 404), name + path)
                if answer.status == 308:
                    self.assertTrue(answer.headers["Location"].endswith(self.prefix + (path or "/")), answer.headers["Location"])
            self.assertIn(self.site.ask("POST", f"/{name}/echo", body=b"x").status, (308, 404))

    def test_a_query_goes_past_the_kept_page(self):
        self.assertIn(b"tagged", self.get("/archive?x=1").body)
        self.assertEqual(self.get("/stored.html?x=1").status, 404)

    def test_a_page_taken_away_is_gone_at_once(self):
        live = self.site.home / "public/live"
        for turn in range(5):
            page = live / "stored" / "turn"
            page.parent.mkdir(exist_ok=True)
            page.write_text("<p>kept for a moment")
            self.assertIn(b"kept", self.get("/stored/turn").body)
            live.rename(live.with_name("dead"))
            answer = self.get("/stored/turn")
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.fields()["path"], "/stored/turn")
            self.assertEqual(self.get("/").status, 200)
            live.with_name("dead").rename(live)

    def test_a_folder_without_a_page_is_the_programs(self):
        folder = self.site.home / "public/live/stored2"
        folder.mkdir(exist_ok=True)
        for path in ("/stored2", "/stored2/"):
            answer = self.get(path)
            self.assertEqual(answer.status, 404, path)
            self.assertNotIn("Location", answer.headers)
        archive = self.site.home / "public/live/2007/3"
        archive.mkdir(parents=True, exist_ok=True)
        self.assertEqual(self.get("/2007/3/").fields()["path"], "/2007/3/")

    def test_what_lies_beside_the_folder_is_left_alone(self):
        if self.prefix:
            answer = self.site.get("/neighbour.txt", whole=True)
            self.assertEqual((answer.status, answer.body), (200, b"not Daybook\n"))
            self.assertNotIn("Content-Security-Policy", answer.headers)
            self.assertEqual(self.site.get("/blogroll", whole=True).status, 404)

    def test_the_owners_forms_need_their_own_origin(self):
        self.assertEqual(self.site.ask("POST", "/owner", body=b"").status, 403)
        own = [("Origin", f"http://127.0.0.1:{self.site.port}")]
        self.assertEqual(self.site.ask("POST", "/owner", headers=own, body=b"").status, 200)

    def test_answers_to_get_are_large_too(self):
        self.assertEqual(len(self.get("/large?bytes=2000000").body), 2000000)


KINDS = ("nginx", "nginx-fcgiwrap", "apache-proxy_fcgi", "apache-fcgid", "apache-cgid", "apache-htaccess", "lighttpd-fastcgi",
         "lighttpd-cgi")
for _kind in KINDS:
    for _prefix in ("", "/blog"):
        _name = "".join(p.capitalize() for p in _kind.replace("_", "-").split("-")) + ("Blog" if _prefix else "Root")
        globals()[_name] = type(_name, (Checks, unittest.TestCase), {"kind": _kind, "prefix": _prefix})


class WithoutRewriting(unittest.TestCase):
    """A host without mod_rewrite: every address is below the program's own name, and that is all right."""

    def test_every_method_reaches_the_program_below_its_name(self):
        for prefix in ("", "/blog"):
            site = Site("apache-norewrite", prefix)
            self.addCleanup(site.stop)
            fields = site.get("/daybook.cgi/echo/x?a=b").fields()
            self.assertEqual((fields["path"], fields["prefix"], fields["query"]), ("/echo/x", prefix + "/daybook.cgi", "a=b"))
            self.assertEqual(site.ask("POST", "/daybook.cgi/echo", body=b"hello").fields()["body"].split()[0], "5")
            self.assertEqual(site.get("/daybook.cgi/").status, 200)
            answer = site.get("/daybook.cgi")
            self.assertEqual(answer.status, 308)
            self.assertTrue(answer.headers["Location"].endswith(prefix + "/daybook.cgi/"))
            # What is no file is asked of the program: old addresses go on being read.
            self.assertEqual(site.get("/echo").fields()["path"], "/echo")


class Signals(unittest.TestCase):
    """`serve` behind nginx: nobody notices a reload, a killed process or the end."""

    def setUp(self):
        self.site = Site("nginx", "")
        self.addCleanup(self.site.stop)

    def test_no_request_is_lost(self):
        pid = int(self.site.get("/echo").fields()["pid"])
        for number in (signal.SIGHUP, None, signal.SIGHUP):
            if number:
                self.site.master.send_signal(number)
            for _ in range(30):
                self.assertEqual(self.site.get("/echo").status, 200)
        self.assertNotEqual(int(self.site.get("/echo").fields()["pid"]), pid)

    def test_a_killed_process_is_replaced(self):
        pid = int(self.site.get("/echo").fields()["pid"])
        os.kill(pid, signal.SIGKILL)
        for _ in range(30):
            self.assertEqual(self.site.get("/echo").status, 200)


class NobodyThere(unittest.TestCase):
    """All processes of the program were killed: readers are told to come again, and kept pages and files go on."""

    def killed(self, kind, prefix):
        site = Site(kind, prefix)
        self.addCleanup(site.stop)
        (site.run / "daybook").unlink()  # else the server that starts it has new processes at once
        parent = site.processes[-1 if kind.startswith("lighttpd") else 0].pid
        children = pathlib.Path(f"/proc/{parent}/task/{parent}/children")
        for pid in ([parent] if kind == "nginx" else []) + [int(p) for p in children.read_text().split()]:
            os.kill(pid, signal.SIGKILL)
        return site

    def test_readers_get_a_503_page_and_never_a_404(self):
        for kind in ("nginx", "lighttpd-fastcgi"):
            for prefix in ("", "/blog"):
                site = self.killed(kind, prefix)
                for method, path in (("GET", "/echo"), ("HEAD", "/echo"), ("GET", "/sub/none/"), ("GET", "/archive?x=1"),
                                     ("POST", "/echo"), ("GET", "/.well-known/x")):
                    answer = site.ask(method, path, body=b"a=b" if method == "POST" else None)
                    self.assertEqual(answer.status, 503, f"{kind} {method} {prefix}{path}")
                    if method != "HEAD":
                        self.assertIn(b"This page will be back in 5 seconds.", answer.body)
                    if kind == "nginx":
                        self.assertEqual(answer.headers.get_all("Retry-After"), ["5"])
                self.assertEqual(site.get("/stored.html").body, b"<p>kept page")
                self.assertEqual(site.get("/sub/").body, b"<p>kept folder page")
                self.assertEqual(site.get("/static/style.0123.css").status, 200)


def has_life(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


class Respawn(unittest.TestCase):
    """Apache with mod_fcgid starts processes again and again, however many were killed before."""

    def test_readers_wait_a_second_or_two_after_the_tenth_kill_as_after_the_first(self):
        site = Site("apache-fcgid", "")
        self.addCleanup(site.stop)
        waits = []
        for _ in range(12):
            before = time.monotonic()
            pid = int(site.get("/echo").fields()["pid"])
            waits.append(time.monotonic() - before)
            os.kill(pid, signal.SIGKILL)
            while has_life(pid) and time.monotonic() < before + 15:
                pass
        self.assertLess(max(waits), 2.5, waits)


if __name__ == "__main__":
    unittest.main()
