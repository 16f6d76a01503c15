"""A real Postfix for the tests: its own set-up, queue and unprivileged ports, below a folder of the test; nothing of the
machine's own mail is touched. What it takes it hands on to a Peer of mail_peer.py."""
import os
import pathlib
import subprocess

from mail_peer import free_port

PROGRAM = "/usr/sbin/postfix"
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
{six}pickup unix n - n 1 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def why_not():
    """Why it cannot be started here; empty: it can."""
    if not os.access(PROGRAM, os.X_OK):
        return "there is no Postfix"
    return "" if os.geteuid() == 0 else "only root can start a Postfix"


class Postfix:
    """`says`: what it answers at RCPT to an address ("450 4.2.0 …"). Of local.test it knows nobody."""

    def __init__(self, folder, sink, certificate=None, key=None, says=(), six=False):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(mode=0o755)
        self.port, self.six_port = free_port(), free_port()
        queue, data, self.log = self.folder / "queue", self.folder / "data", self.folder / "log"
        for one in (queue, data):
            one.mkdir(mode=0o755)
        subprocess.run(["chown", "postfix", data], check=True)
        access = " ".join(f"{{ {address} = {answer} }}" for address, answer in says)
        settings = {
            "compatibility_level": "3.6", "myhostname": "relay.test", "mydestination": "local.test", "local_recipient_maps": "inline:{nobody=x}",
            "queue_directory": queue, "data_directory": data, "mail_owner": "postfix", "setgid_group": "postdrop",
            "inet_interfaces": "127.0.0.1" + (", ::1" if six else ""), "inet_protocols": "all" if six else "ipv4", "mynetworks": "127.0.0.0/8 [::1]/128",
            "default_transport": f"smtp:[127.0.0.1]:{sink}", "relay_transport": f"smtp:[127.0.0.1]:{sink}", "smtp_host_lookup": "native",
            "smtp_dns_support_level": "disabled", "disable_dns_lookups": "yes", "alias_maps": "", "alias_database": "",
            "local_transport": "error:nobody", "maillog_file": self.log, "maillog_file_prefixes": self.folder, "smtpd_client_connection_rate_limit": "0",
            "smtpd_recipient_restrictions": (f"check_recipient_access inline:{{ {access} }}, " if access else "") + "permit_mynetworks, reject_unauth_destination",
            "smtpd_reject_unlisted_recipient": "yes",
        }
        if certificate:
            settings |= {"smtpd_tls_cert_file": certificate, "smtpd_tls_key_file": key, "smtpd_tls_security_level": "encrypt"}
        (self.folder / "main.cf").write_text("".join(f"{name} = {value}\n" for name, value in settings.items()))
        (self.folder / "master.cf").write_text(MASTER.format(port=self.port, six=f"[::1]:{self.six_port} inet n - n - - smtpd\n" if six else ""))
        # The machine's own sendmail, told of this set-up.
        self.sendmail = self.folder / "sendmail"
        self.sendmail.write_text(f'#!/bin/sh\nexec /usr/sbin/sendmail -C {self.folder} "$@"\n')
        self.sendmail.chmod(0o755)
        self.do("start")

    def do(self, what):
        done = subprocess.run([PROGRAM, "-c", self.folder, what], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"postfix {what}: {done.stderr}{self.log.read_text() if self.log.exists() else ''}"

    def stop(self):
        subprocess.run([PROGRAM, "-c", self.folder, "stop"], capture_output=True, timeout=60)
