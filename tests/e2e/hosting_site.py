"""Shared hosting: an account that is reached by FTP alone, and an Apache that serves its folder "www".

    with Hosting(modules=("cgid",)) as host:
        host.upload(), host.chmod("daybook.cgi"), Person(host).get("/")

What is uploaded is the release's folder "web": of RELEASE=FOLDER (scripts/release made it), else one of the programs in build/.
The account's programs run as the account's user (suEXEC; here all of Apache does), or, suexec=False, as another one.
"""
import ftplib
import io
import json
import os
import pathlib
import pwd
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.parse

from journal_site import Client, PROGRAM, SOURCE, free_port, until

OWNER = 12345  # nobody has this number
# What upload programs take for text, files without an ending and those that begin with a dot among them.
TEXT = {".txt", ".cgi", ".fcgi", ".html", ".htaccess", ".css", ".js", ".md", ""}
WORDPRESS = """
# BEGIN WordPress
<IfModule mod_rewrite.c>
RewriteEngine On
RewriteRule .* - [E=HTTP_AUTHORIZATION:%{HTTP:Authorization}]
RewriteBase /
RewriteRule ^index\\.php$ - [L]
RewriteCond %{REQUEST_FILENAME} !-f
RewriteCond %{REQUEST_FILENAME} !-d
RewriteRule . /index.php [L]
</IfModule>
# END WordPress
"""
_made = None


def release():
    """The folder of a release, unpacked once."""
    global _made
    if _made is None:
        folder = pathlib.Path(tempfile.mkdtemp(prefix="daybook-release-"))
        if "RELEASE" in os.environ:
            archive, = pathlib.Path(os.environ["RELEASE"]).glob("daybook-*.tar.gz")
            with tarfile.open(archive) as packed:
                packed.extractall(folder)
            _made, = folder.iterdir()
        else:
            (folder / "notices").write_text("")
            subprocess.run([SOURCE / "scripts/release-folder", PROGRAM, PROGRAM.with_name("daybook-work"), folder / "notices", folder / "made"],
                           check=True)
            _made = folder / "made"
    return _made


def forget_release():
    global _made
    if _made is not None:
        shutil.rmtree(_made.parent, ignore_errors=True)
        _made = None


class Hosting(Client):
    def __init__(self, modules=("cgid",), rewrite=True, override="All", suexec=True, runs_cgi=False, keeps_returns=False, folder="",
                 root="www", before=None):
        """`runs_cgi`: the host's own configuration says that .cgi is a program. `folder`: below the web root, "blog". `before`:
        what lies there already."""
        super().__init__(free_port(), "/" + folder if folder else "")
        self.origin = f"http://127.0.0.1:{self.port}"
        self.root = self.origin + self.prefix
        self.account = pathlib.Path(tempfile.mkdtemp(prefix="daybook-host-"))
        self.run = pathlib.Path(tempfile.mkdtemp(prefix="daybook-host-run-"))
        self.www = self.account / root
        self.web = self.www / folder
        self.modules, self.rewrite, self.override, self.runs_cgi = modules, rewrite, override, runs_cgi
        self.processes, self.ftp = [], None
        self.is_root = os.geteuid() == 0
        # Apache is started as that user: it would not become one without a name.
        self.server_user = OWNER if suexec else pwd.getpwnam("www-data").pw_uid
        for path in (self.account, self.run):
            path.chmod(0o755)
        self.web.mkdir(parents=True)
        for name, text in (before or {}).items():
            (self.www / name).write_text(text)
        if self.is_root:
            subprocess.run(["chown", "-R", f"{OWNER}:{OWNER}", self.account], check=True)
        try:
            self._serve_ftp(keeps_returns)
            self.serve()
        except BaseException:
            self.stop()
            raise

    def _spawn(self, argv, who=None, **more):
        who = {"user": who, "group": who, "extra_groups": []} if who and self.is_root else {}
        log = open(self.run / "started.log", "a")
        self.processes.append(subprocess.Popen([str(a) for a in argv], stdin=subprocess.DEVNULL, stdout=more.get("stdout", log), stderr=log,
                                               start_new_session=True, **who))
        log.close()
        return self.processes[-1]

    def _serve_ftp(self, keeps_returns):
        port = free_port()
        process = self._spawn([sys.executable, SOURCE / "tests/e2e/ftp_server.py", self.account, port, *(["--keeps-returns"] if keeps_returns else [])],
                              OWNER, stdout=subprocess.PIPE)
        if process.stdout.readline() != b"ready\n":
            raise AssertionError((self.run / "started.log").read_text())
        self.ftp = ftplib.FTP()
        self.ftp.connect("127.0.0.1", port)
        self.ftp.login("ada", "a long password")
        self.ftp.cwd("/" + str(self.web.relative_to(self.account)))

    def serve(self):
        """Apache as the settings are now; the one before ends."""
        for process in self.processes[1:]:
            process.terminate()
            process.wait()
        del self.processes[1:]
        base = (SOURCE / "nginx/apache-standalone.conf").read_text()
        lines = []
        for line in base.splitlines():
            left_out = [m for m in ("fcgid", "cgid") if m not in self.modules] + ([] if self.rewrite else ["rewrite"])
            if line.startswith("LoadModule") and line.split()[1].removesuffix("_module") in left_out:
                continue
            if "fcgid" not in self.modules and line.startswith("Fcgid") or "cgid" not in self.modules and line.startswith("ScriptSock"):
                continue
            lines.append(line)
        handler = "AddHandler cgi-script .cgi\nOptions +ExecCGI +FollowSymLinks" if self.runs_cgi else "Options FollowSymLinks"
        (self.run / "host.conf").write_text(f"<Directory {self.www}>\nAllowOverride {self.override}\n{handler}\n"
                                            "DirectoryIndex index.html index.cgi index.php\n</Directory>\n")
        words = {"CONF": self.run, "INCLUDE": "host.conf", "RUN": self.run, "PORT": self.port, "USER": "www-data", "DOCROOT": self.www}
        text = "\n".join(lines) + "\n"
        for name, value in words.items():
            text = text.replace(f"@{name}@", str(value))
        (self.run / "apache.conf").write_text(text)
        (self.run / "fcgid").mkdir(exist_ok=True)
        if self.is_root:
            subprocess.run(["chown", "-R", f"{self.server_user}:{self.server_user}", self.run], check=True)
        self._spawn(["apache2", "-d", self.run, "-f", self.run / "apache.conf", "-DFOREGROUND"], self.server_user)
        self._until_it_answers(self.port)

    def serve_all_files(self):
        """Another web server on the same folder, which knows of no program: nginx, as the account's user. Gives a Client."""
        port = free_port()
        (self.run / "nginx").mkdir()
        conf = self.run / "nginx.conf"
        conf.write_text(f"daemon off; worker_processes 1; pid {self.run}/nginx.pid; error_log {self.run}/nginx.log; events {{ }}\n"
                        f"http {{ access_log off; server {{ listen 127.0.0.1:{port}; root {self.www}; index index.html; }}\n"
                        + "".join(f"{n}_temp_path {self.run}/nginx/{n};\n" for n in ("client_body", "fastcgi", "proxy", "scgi", "uwsgi")) + "}\n")
        if self.is_root:
            subprocess.run(["chown", "-R", str(OWNER), self.run / "nginx"], check=True)
            (self.run / "nginx.log").touch()
            os.chown(self.run / "nginx.log", OWNER, OWNER)
        self._spawn(["nginx", "-e", self.run / "nginx.log", "-c", conf], OWNER)
        self._until_it_answers(port)
        return Client(port, self.prefix)

    def _until_it_answers(self, port):
        def answers():
            if self.processes[-1].poll() is not None:
                raise AssertionError(self.logs())
            try:
                client = Client(port)
                client.get("/does-not-matter")
                client.connection.close()
                return True
            except OSError:
                return False
        until(answers, "the web server")

    # What its owner does with an upload program.
    def upload(self, dotfiles=True, overwrite=True, only=None, binary=False, folder=None):
        """Everything in the release's folder, text as text. `only`: the names of some. `binary`: text in binary mode, too."""
        there = set(self.names())
        for file in sorted((folder or release() / "web").iterdir()):
            if not dotfiles and file.name.startswith(".") or only and file.name not in only or not overwrite and file.name in there:
                continue
            self.put(file.name, file.read_bytes(), not binary and (file.suffix in TEXT or file.name in TEXT))

    def put(self, name, data, text=False):
        if text:
            self.ftp.storlines(f"STOR {name}", io.BytesIO(data))
        else:
            self.ftp.storbinary(f"STOR {name}", io.BytesIO(data))

    def fetch(self, name):
        data = io.BytesIO()
        self.ftp.retrbinary(f"RETR {name}", data.write)
        return data.getvalue()

    def names(self, folder="."):
        return [name for name, _ in self.ftp.mlsd(folder) if name not in (".", "..")]

    def chmod(self, name, mode="755"):
        self.ftp.sendcmd(f"SITE CHMOD {mode} {name}")

    @property
    def home(self):
        """Where the owner finds it: beside the web folder, or under its long name beside the program."""
        inside = [n for n in self.names() if n.startswith("journal-") and len(n) == 32]
        if inside:
            return self.web / inside[0]
        outside, = [n for n in self.names("/") if n.startswith("daybook-")]
        return self.account / outside

    def code(self):
        place = "/" + str(self.home.relative_to(self.account)) + "/private/SETUP-CODE.txt"
        return self.fetch(place).decode().splitlines()[0]

    def follow(self, person, path, most=5):
        """What a browser shows for an address of this host: its answer, and where it ended."""
        address = path
        for _ in range(most):
            answer = person.ask("GET", address)
            if answer.status not in (301, 302, 303, 307, 308):
                return answer, address
            address = urllib.parse.urljoin(self.origin + address, answer["Location"]).removeprefix(self.origin)
        raise AssertionError("led round in a circle: " + address)

    def logs(self):
        return "\n".join(p.read_text(errors="replace")[-3000:] for p in sorted(self.run.glob("*.log")))

    def stop(self):
        self.connection.close()
        if self.ftp:
            self.ftp.close()
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(20)
            if process.stdout:
                process.stdout.close()
        # What follows a reply may still be at work there.
        until(lambda: subprocess.run(["rm", "-rf", self.account, self.run], stderr=subprocess.DEVNULL).returncode == 0, "the end of what it started")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def main():
    """For a browser: everything but dot files is uploaded. Then a line in is what the owner does by FTP, a line out what came of it."""
    with Hosting(runs_cgi="runs-cgi" in sys.argv) as host:
        host.upload(dotfiles=False)
        print(json.dumps({"root": host.root}), flush=True)
        for line in sys.stdin:
            what, *names = line.split()
            print(getattr(host.ftp if what == "rename" else host, what)(*names) or "done", flush=True)
    forget_release()


if __name__ == "__main__":
    main()
