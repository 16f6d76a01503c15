#!/usr/bin/env python3
"""The Debian package, installed into a copy of this machine that is thrown away: what is in it, its units, a journal started as the
unit starts it behind nginx with the package's configuration, and what stays when it is removed.

RELEASE=FOLDER tries the package that scripts/release put there, as the long tests do (DAYBOOK_LONG); else one is made of the
programs in build/.
"""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from admin_site import Person
from hosting_site import Hosting, forget_release, release
from hosting_test import ENGLISH, Upload
from journal_site import SOURCE, Client, free_port, until

UNIT = "daybook@journal.service"
# What a service may still do, by the judgement of systemd-analyze: 0 nothing, 10 everything.
MOST_EXPOSED = 2.0


def tearDownModule():
    forget_release()


def make(folder):
    # Hardly packed: that takes a second instead of ten.
    more = {"SOURCE_DATE_EPOCH": "1700000000", "DPKG_DEB_COMPRESSOR_LEVEL": "0"}
    subprocess.run([SOURCE / "scripts/release-deb", release(), folder], check=True, env=os.environ | more)
    return next(folder.glob("daybook_*.deb"))


def package():
    if "RELEASE" in os.environ:
        return next(pathlib.Path(os.environ["RELEASE"]).glob("daybook_*.deb"))
    return next(release().parent.glob("daybook_*.deb"), None) or make(release().parent)


class Machine:
    """This machine's files with what is changed in them kept apart, in a mount namespace of its own."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="daybook-machine-"))
        self.root = self.folder / "root"
        script = ('mount -t tmpfs tmpfs "$0" && cd "$0" && mkdir up work root && mount -t overlay overlay -o lowerdir=/,upperdir=up,workdir=work root'
                  ' && mount --rbind /dev root/dev && mount -t proc proc root/proc && mount -t tmpfs tmpfs root/run && mount -t tmpfs tmpfs root/tmp'
                  " && chmod 1777 root/tmp && echo ready && exec sleep 100000")
        self.keeper = subprocess.Popen(["unshare", "-m", "--propagation", "private", "sh", "-c", script, self.folder], stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, start_new_session=True)
        self.processes = []
        if self.keeper.stdout.readline() != b"ready\n":
            problem = self.keeper.stderr.read().decode()
            self.stop()
            raise unittest.SkipTest("no copy of this machine can be made: " + problem)

    def words(self, *words):
        return ["nsenter", "-t", str(self.keeper.pid), "-m", "chroot", self.root, *map(str, words)]

    def run(self, *words, ok=True):
        done = subprocess.run(self.words(*words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              env=dict(os.environ, LC_ALL="C.UTF-8", DEBIAN_FRONTEND="noninteractive"))
        if ok and done.returncode != 0:
            raise AssertionError(f"{words} ended with {done.returncode}: {done.stdout}")
        return done.stdout

    def start(self, *words):
        with open(self.folder.parent / (self.folder.name + ".log"), "a") as log:
            process = subprocess.Popen(self.words(*words), stdin=subprocess.DEVNULL, start_new_session=True, stdout=log, stderr=subprocess.STDOUT)
        self.processes.append(process)
        return process

    def write(self, path, text):
        subprocess.run(self.words("tee", path), input=text, text=True, stdout=subprocess.DEVNULL, check=True)

    def log(self):
        return (self.folder.parent / (self.folder.name + ".log")).read_text()

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
            process.wait(40)
        self.keeper.kill()
        self.keeper.wait()
        self.keeper.stdout.close()
        self.keeper.stderr.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder.parent / (self.folder.name + ".log")).unlink(missing_ok=True)


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="daybook-package-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        cls.deb = package()
        cls.root = cls.folder / "unpacked"
        subprocess.run(["dpkg-deb", "-R", cls.deb, cls.root], check=True)

    def test_what_is_in_it(self):
        listed = subprocess.run(["dpkg-deb", "-c", self.deb], check=True, capture_output=True, text=True).stdout
        for line in listed.splitlines():
            mode, owner, name = line.split()[0], line.split()[1], line.split()[-1]
            self.assertEqual(owner, "root/root", line)
            program = name.startswith("./usr/bin/daybook")
            self.assertEqual(mode, "drwxr-xr-x" if name.endswith("/") else "-rwxr-xr-x" if program else "-rw-r--r--", line)
        for line in (self.root / "DEBIAN/md5sums").read_text().splitlines():
            digest, name = line.split("  ")
            self.assertEqual(hashlib.md5((self.root / name).read_bytes()).hexdigest(), digest, name)
        settings = {str(p.relative_to(self.root)) for p in (self.root / "etc").rglob("*") if p.is_file()}
        self.assertEqual({"/" + s for s in settings}, set((self.root / "DEBIAN/conffiles").read_text().split()))
        for name in settings:
            self.assertNotRegex((self.root / name).read_text(), r"@[A-Z]+@", name)
        self.assertIn("MIT", (self.root / "usr/share/doc/daybook/copyright").read_text())
        control = (self.root / "DEBIAN/control").read_text()
        version = re.search(r"project\(daybook VERSION ([\d.]+)", (SOURCE / "CMakeLists.txt").read_text()).group(1)
        self.assertIn(f"\nVersion: {version}\n", control)
        if shutil.which("lintian"):
            said = subprocess.run(["lintian", "--fail-on", "error", "--suppress-tags", "statically-linked-binary,embedded-library", self.deb],
                                  capture_output=True, text=True)
            self.assertEqual(said.returncode, 0, said.stdout)

    def test_the_same_folder_makes_the_same_bytes(self):
        made = []
        before = os.umask(0o077)
        try:
            for name in ("one", "two"):
                (self.folder / name).mkdir()
                made.append(make(self.folder / name).read_bytes())
        finally:
            os.umask(before)
        self.assertEqual(*made)


@unittest.skipIf(os.geteuid() != 0, "only root installs")
class Installed(Upload):
    @classmethod
    def setUpClass(cls):
        cls.deb = package()

    def setUp(self):
        self.machine = Machine()
        self.addCleanup(self.machine.stop)
        self.install()

    def install(self):
        subprocess.run(self.machine.words("tee", "/tmp/daybook.deb"), input=self.deb.read_bytes(), stdout=subprocess.DEVNULL, check=True)
        self.machine.run("dpkg", "-i", "/tmp/daybook.deb")

    def test_installs_again_and_goes_and_journals_stay(self):
        run = self.machine.run
        self.assertIn("install ok installed", run("dpkg", "-s", "daybook"))
        self.assertEqual(run("dpkg", "--verify", "daybook"), "")
        self.assertIn("/var/lib/daybook", run("getent", "passwd", "daybook"))
        self.assertEqual(run("stat", "-c", "%U %a", "/var/lib/daybook").strip(), "daybook 755")
        run("runuser", "-u", "daybook", "--", "sh", "-c", "echo 'correct horse battery' | daybook init --home /var/lib/daybook/journal --title T "
            "--url http://localhost --owner O --email o@example.org --password-stdin")
        run("sh", "-c", "echo '# mine' >> /etc/daybook/nginx.conf")
        self.install()  # again, as an upgrade
        self.assertIn("# mine", run("cat", "/etc/daybook/nginx.conf"))
        self.assertIn("whole", run("runuser", "-u", "daybook", "--", "daybook", "check", "--home", "/var/lib/daybook/journal"))
        run("dpkg", "-r", "daybook")
        self.assertIn("are kept", run("dpkg", "-P", "daybook"))
        run("test", "-e", "/var/lib/daybook/journal/private/journal.db")
        run("test", "!", "-e", "/etc/daybook/nginx.conf")

    def test_the_units_are_right_and_leave_little_to_do(self):
        run = self.machine.run
        self.assertEqual(run("systemd-analyze", "verify", "--man=no", UNIT, "daybook@journal.socket").strip(), "")
        said = run("systemd-analyze", "security", "--offline=yes", "--no-pager", UNIT)
        exposed = float(re.search(r"Overall exposure level for \S+: ([\d.]+)", said).group(1))
        print(f"Exposure by systemd-analyze: {exposed}")
        self.assertLessEqual(exposed, MOST_EXPOSED, said)

    def unit(self, name="service"):
        text = self.machine.run("cat", f"/usr/lib/systemd/system/daybook@.{name}")
        return dict(line.split("=", 1) for line in text.splitlines() if re.match(r"[A-Z]\w+=", line)), text

    def test_a_journal_as_the_unit_starts_it(self):
        """From nothing to an entry, behind nginx with the package's configuration; and with no system call that the unit forbids."""
        run, machine = self.machine.run, self.machine
        service, text = self.unit()
        socket, _ = self.unit("socket")
        path = socket["ListenStream"].replace("%i", "journal")
        run("install", "-d", "-o", service["User"], "-g", service["Group"], "-m", service["StateDirectoryMode"], "/var/lib/daybook/journal")
        run("mkdir", "-p", os.path.dirname(path))
        command = service["ExecStart"].replace("%i", "journal").split()
        master = machine.start("systemd-socket-activate", "-l", path, "setpriv", "--reuid", service["User"], "--regid", service["Group"],
                               "--clear-groups", "--no-new-privs", "--bounding-set=-all", "strace", "-D", "-f", "-qq", "-e", "signal=none",
                               "-o", "/tmp/calls", *command)
        until(lambda: run("sh", "-c", f"test -S {path} && echo yes", ok=False) == "yes\n", "the socket")
        run("chown", f"{socket['SocketUser']}:{socket['SocketGroup']}", path)
        run("chmod", socket["SocketMode"], path)
        port = free_port()
        machine.write("/tmp/nginx.conf", f"user www-data; daemon off; pid /tmp/nginx.pid; error_log /tmp/nginx.log;\nevents {{ }}\nhttp {{\n"
                      "include /etc/nginx/mime.types; access_log off; large_client_header_buffers 4 20k;\n"
                      f"server {{ listen 127.0.0.1:{port}; include /etc/daybook/nginx.conf; }} }}\n")
        machine.start("nginx", "-c", "/tmp/nginx.conf")
        site = Site(port, machine)
        self.addCleanup(site.connection.close)

        def answers():
            self.assertIsNone(master.poll(), machine.log())
            client = Client(port)
            try:
                return client.get("/").status == 303
            except OSError:
                return False
            finally:
                client.connection.close()
        try:
            until(answers, "an answer")
        except AssertionError as problem:
            raise AssertionError(machine.log()) from problem
        ada = Person(site, ENGLISH)
        self.assertEqual(self.set_up(site, ada), "")
        entry = self.publish(site, ada, "")
        # The worker runs, so pages are kept as files, which nginx may read.
        until(lambda: site.get(entry) and run("sh", "-c", "ls /var/lib/daybook/journal/public/live 2>/dev/null", ok=False), "a kept page")
        self.assertIn("Words of The first.", site.get(entry).text)
        self.assertEqual(run("runuser", "-u", "www-data", "--", "cat", "/var/lib/daybook/journal/private/journal.db", ok=False).strip(),
                         "cat: /var/lib/daybook/journal/private/journal.db: Permission denied")
        # ExecReload; whoever asks meanwhile is answered.
        before = run("pgrep", "-o", "-f", "^" + " ".join(command)).strip()
        self.assertEqual(service["ExecReload"], "/bin/kill -HUP $MAINPID")
        run("kill", "-HUP", before)
        for _ in range(20):
            self.assertEqual(site.get("/archive?x").status, 200)
        groups = run("systemd-analyze", "syscall-filter", "--no-pager")
        self.assertEqual(re.findall(r"^SystemCallFilter=(.*)$", text, re.M), ["@system-service", "~@privileged"])
        names = self.expand("@system-service", groups) - self.expand("@privileged", groups)
        called = set(re.findall(r"^\d+ +([a-z_0-9]+)\(", run("cat", "/tmp/calls"), re.M))
        self.assertIn("accept", " ".join(called))
        self.assertEqual(called - names - {"exit_group", "arch_prctl"}, set())

    def expand(self, group, groups):
        section = re.search(rf"^{group}\n((?:    .*\n|)+?)(?=^@|\Z|^\n)", groups, re.M).group(1)
        names = set()
        for line in section.splitlines():
            word = line.strip()
            if word.startswith("@"):
                names |= self.expand(word, groups)
            elif word and not word.startswith("#"):
                names.add(word)
        return names


class Site(Client):
    """What hosting_test.py's steps ask of a host."""

    def __init__(self, port, machine):
        super().__init__(port)
        self.machine, self.origin, self.root = machine, f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port}"

    def code(self):
        return self.machine.run("cat", "/var/lib/daybook/journal/private/SETUP-CODE.txt").splitlines()[0]

    def logs(self):
        return self.machine.log()

    follow = Hosting.follow


if __name__ == "__main__":
    unittest.main()
