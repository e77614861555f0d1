"""Operators are told when a source gets into trouble and out of it: by a webhook and by mail."""

import email
import email.utils
import json
import queue
import socketserver
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from terracat import Remote, Server
from test_command_line import Folder

DOCUMENT = {"type": "Collection", "stac_version": "1.1.0", "id": "rain", "title": "Rain",
            "description": "d", "license": "CC-BY-4.0", "links": [],
            "extent": {"spatial": {"bbox": [[0, 0, 1, 1]]},
                       "temporal": {"interval": [["2024-01-01T00:00:00Z", None]]}}}
PATIENCE = 60  # seconds


class Listener(Remote):
    """What it is told stands in `told`."""

    def __init__(self, server):
        self.told = server.told = queue.Queue()
        super().__init__(server)


class Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()
        self.server.told.put((self.headers["Content-Type"], json.loads(body)))

    def log_message(self, *_):
        pass


class MailServer(socketserver.StreamRequestHandler):
    """As much of SMTP as one message takes."""

    def handle(self):
        self.say("220 here")
        envelope = []
        for line in iter(self.rfile.readline, b""):
            command = line.decode().strip()
            if command.upper().startswith(("MAIL", "RCPT")):
                envelope.append(command.split()[1])
            if command.upper() == "DATA":
                self.say("354 go on")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.told.put((envelope, email.message_from_bytes(text)))
            self.say("221 bye" if command.upper() == "QUIT" else "250 well")

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")


class Notify(Folder):
    def setUp(self):
        super().setUp()
        (self.folder / "documents").mkdir()
        self.document = self.folder / "documents/rain.json"
        self.document.write_text(json.dumps(DOCUMENT))

    def configure(self, notify):
        self.write("terracat.toml", f"""
[site]
title = "Centre"
[notify]
{notify}
[[source]]
name = "rain"
kind = "files"
address = "documents"
""")

    def wait_for(self, server, text, count):
        latest = time.monotonic() + PATIENCE
        while server.said().count(text) < count:
            self.assertLess(time.monotonic(), latest, server.said())
            time.sleep(0.01)  # a file cannot be waited for

    def break_source(self):
        self.document.rename(self.folder / "away.json")
        (self.folder / "documents").rmdir()

    def mend_source(self):
        (self.folder / "documents").mkdir()
        (self.folder / "away.json").rename(self.document)

    def test_a_webhook_is_told_once_of_each_turn(self):
        with Listener(ThreadingHTTPServer(("127.0.0.1", 0), Hook)) as hook:
            self.configure(f'webhook = "http://127.0.0.1:{hook.port}/hook"\n'
                           'allow_networks = ["127.0.0.0/8"]')
            with Server(folder=self.folder) as server:
                self.succeeds("harvest")  # well from the beginning: there is nothing to tell
                self.break_source()
                for _ in range(2):
                    self.assertEqual(self.run_here("harvest")[0], 1)
                kind, notice = hook.told.get(timeout=PATIENCE)
                self.assertEqual(kind, "application/json")
                self.assertEqual((notice["event"], notice["site"], notice["source"],
                                  notice["run"], notice["outcome"]),
                                 ("harvest.troubled", "Centre", "rain", 2, "failed"))
                self.assertIn("Centre: the source rain could not be read", notice["text"])
                self.mend_source()
                self.succeeds("harvest")
                notice = hook.told.get(timeout=PATIENCE)[1]  # the third run told nothing
                self.assertEqual((notice["event"], notice["run"]), ("harvest.recovered", 4))
                self.wait_for(server, '"event":"notice.sent"', 2)
            self.assertTrue(hook.told.empty())

    def test_mail_is_sent(self):
        with Listener(socketserver.ThreadingTCPServer(("127.0.0.1", 0), MailServer)) as mail:
            self.configure('mail_to = ["a@example.org", "b@example.org"]\n'
                           'mail_from = "terracat@example.org"\n'
                           f'mail_server = "smtp://127.0.0.1:{mail.port}"')
            with Server(folder=self.folder):
                self.break_source()
                self.assertEqual(self.run_here("harvest")[0], 1)
                envelope, message = mail.told.get(timeout=PATIENCE)
        self.assertEqual(envelope, ["FROM:<terracat@example.org>", "TO:<a@example.org>",
                                    "TO:<b@example.org>"])
        self.assertEqual(message["Subject"], "[terracat] rain: harvest.troubled")
        sent = email.utils.parsedate_to_datetime(message["Date"])
        self.assertLess(abs(time.time() - sent.timestamp()), 600)
        self.assertEqual(message["To"], "<a@example.org>, <b@example.org>")
        part, = message.get_payload()
        text = part.get_payload(decode=True).decode()
        self.assertIn("Centre: the source rain could not be read", text)

    def test_nobody_there_is_told_in_the_log_alone(self):
        self.configure('webhook = "http://127.0.0.1:9/hook"')  # a network that is not allowed
        with Server(folder=self.folder) as server:
            self.break_source()
            self.assertEqual(self.run_here("harvest")[0], 1)
            self.wait_for(server, '"event":"notice.failed"', 1)
            self.assertNotIn('"event":"notice.sent"', server.said())

    def test_settings_are_judged(self):
        self.configure('mail_to = ["nobody"]')
        code, _, errors = self.run_here("config", "check")
        self.assertEqual(code, 78)
        self.assertIn("notify.mail_to: 'nobody' is no mail address", errors)
        self.assertIn("notify.mail_from", errors)


if __name__ == "__main__":
    unittest.main()
