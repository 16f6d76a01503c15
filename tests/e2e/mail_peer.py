"""A real SMTP server for the tests: keeps what it took, refuses what it is told to, with TLS where a certificate is given."""
import logging
import socket
import ssl
import subprocess

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from webmention_test import DAYBOOK  # noqa: F401: for those who run daybook-work beside it

logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)  # what the tests refuse on purpose


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, timeout=120)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Peer:
    """`replies`: what to say at a command ("MAIL", "RCPT", "DATA"), a text, or of RCPT what a function says of the address (None: taken)."""

    def __init__(self, tls=None, starttls=None, users=None, port=0, host="127.0.0.1"):
        peer = self
        self.mails, self.replies, self.busy, self.logins, self.over_tls = [], {}, False, [], []
        self.port = port or free_port()

        class Handler:
            async def handle_MAIL(self, server, session, envelope, address, options):
                if peer.busy:
                    return "451 come back later"
                if "MAIL" in peer.replies:
                    return peer.replies["MAIL"]
                envelope.mail_from = address
                return "250 OK"

            async def handle_RCPT(self, server, session, envelope, address, options):
                said = peer.replies.get("RCPT")
                if said := said(address) if callable(said) else said:
                    return said
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server, session, envelope):
                if "DATA" in peer.replies:
                    return peer.replies["DATA"]
                peer.over_tls.append(session.ssl is not None)
                peer.mails.append(envelope)
                return "250 taken"

        def login(server, session, envelope, mechanism, data):
            peer.logins.append((mechanism, getattr(data, "login", b""), session.ssl is not None))
            fits = users and users.get(data.login.decode()) == data.password.decode()
            return AuthResult(success=bool(fits), handled=False)

        class Server(Controller):
            def factory(self):
                return SMTP(self.handler, hostname="mail.test", tls_context=starttls, auth_required=bool(users),
                            authenticator=login if users else None, auth_require_tls=bool(starttls))

        self.server = Server(Handler(), hostname=host, port=self.port, ssl_context=tls)
        self.server.start()

    def stop(self):
        self.server.stop()


def certificate(folder, name):
    """A context with a certificate for that name that signs itself, and its file."""
    key, file = f"{folder}/{name}.key", f"{folder}/{name}.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", file, "-days", "2",
                    "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    return context, file
