"""The program as a helper: what it gives up, what it answers, when it ends."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import unittest
from pathlib import Path

from terracat import BINARY, ROOT, environment
from test_command_line import Folder

FIXTURES = ROOT / "test/fixtures/formats/dcat"
XML, TURTLE = "0", "1"


class Helper:
    """`terracat parse-rdf` with a socket for its input and output, for a `with` block."""

    def __init__(self, parent=None):
        ours, theirs = socket.socketpair()
        self.socket = ours
        self.process = subprocess.Popen(
            [BINARY, "parse-rdf", str(parent or os.getpid())], stdin=theirs, stdout=theirs,
            stderr=subprocess.DEVNULL, env={})
        theirs.close()
        self.socket.settimeout(30)

    def __enter__(self):
        assert self.receive() == b"", "the helper is not ready"
        return self

    def __exit__(self, *_):
        self.socket.close()
        self.process.kill()
        self.process.wait(30)

    def exactly(self, count):
        out = b""
        while len(out) < count:
            piece = self.socket.recv(count - len(out))
            if not piece:
                raise EOFError
            out += piece
        return out

    def receive(self):
        return self.exactly(int.from_bytes(self.exactly(4), "little"))

    def ask(self, syntax, document, base="http://example.org/"):
        request = f"{syntax}\n{base}\n{document}".encode()
        self.socket.sendall(len(request).to_bytes(4, "little") + request)
        return json.loads(self.receive())

    def status(self, name):
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return dict(line.split(":\t", 1) for line in lines if ":\t" in line)[name]


def files_of(child):
    """Paths of what a process has open."""
    folder = Path(f"/proc/{child}/fd")
    return [os.readlink(folder / name) for name in os.listdir(folder)]


def bytes_read_by(child):
    text = Path(f"/proc/{child}/io").read_text()
    return int(re.search(r"rchar: (\d+)", text).group(1))


def kill_child(parent, mode, is_in_the_middle):
    """Kills the helper of a program while something holds of it. It is stopped before that is looked
    at for the last time, so that it cannot have gone on."""
    children = Path(f"/proc/{parent.pid}/task")
    while parent.poll() is None:
        for task in children.glob("*/children"):
            try:
                for child in map(int, task.read_text().split()):
                    words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
                    if mode.encode() not in words or not is_in_the_middle(child):
                        continue
                    os.kill(child, signal.SIGSTOP)
                    if is_in_the_middle(child):
                        return os.kill(child, signal.SIGKILL)
                    os.kill(child, signal.SIGCONT)
            except OSError:
                pass  # it has ended
    raise AssertionError("the program ended before its helper was in the middle")


class TheHelper(unittest.TestCase):
    def test_it_answers(self):
        with Helper() as helper:
            said = helper.ask(TURTLE, "<a> <http://p> 'été'@fr .")
            self.assertEqual(said, {
                "terms": [["i", "http://example.org/a"], ["i", "http://p"], ["l", "été", "fr", ""]],
                "triples": [0, 1, 2], "oddities": []})
            said = helper.ask(TURTLE, "<a> <b> .")
            self.assertEqual(said, {"finding": ["rdf-malformed", "line 1", "<a> <b> ."]})
            said = helper.ask(XML, "<!DOCTYPE r [<!ENTITY x SYSTEM 'http://127.0.0.1/'>]><r/>")
            self.assertEqual(said["finding"][0], "xml-entity")

    def test_it_is_confined(self):
        with Helper() as helper:
            self.assertEqual(helper.status("Seccomp"), "2")
            self.assertEqual(helper.status("NoNewPrivs"), "1")
            limits = Path(f"/proc/{helper.process.pid}/limits").read_text()
            self.assertRegex(limits, r"Max open files +16 +16 ")
            self.assertRegex(limits, r"Max file size +0 +0 ")
            self.assertRegex(limits, r"Max core file size +0 +0 ")
            descriptors = os.listdir(f"/proc/{helper.process.pid}/fd")
            self.assertEqual(sorted(descriptors), ["0", "1", "2"])

    def test_it_ends_with_its_input(self):
        with Helper() as helper:
            helper.socket.shutdown(socket.SHUT_WR)
            self.assertEqual(helper.process.wait(30), 0)

    def test_it_ends_in_the_middle_of_a_request(self):
        with Helper() as helper:
            helper.socket.sendall((1000).to_bytes(4, "little") + b"1\n")
            helper.socket.shutdown(socket.SHUT_WR)
            self.assertEqual(helper.process.wait(30), 0)

    def test_it_ends_with_its_parent(self):
        # A process that starts a helper whose channel is ours, says its number, and is killed.
        ours, theirs = socket.socketpair()
        starter = ("import os, subprocess, sys, time\n"
                   "p = subprocess.Popen([sys.argv[1], 'parse-rdf', str(os.getpid())],"
                   " stdin=0, stdout=0)\n"
                   "print(p.pid, file=sys.stderr, flush=True)\n"
                   "time.sleep(600)\n")
        parent = subprocess.Popen([sys.executable, "-c", starter, BINARY], stdin=theirs,
                                  stderr=subprocess.PIPE, text=True)
        theirs.close()
        with ours:
            number = int(parent.stderr.readline())
            ours.settimeout(30)
            self.assertEqual(ours.recv(4), bytes(4))  # it is ready
            handle = os.pidfd_open(number)
            parent.send_signal(signal.SIGKILL)
            parent.wait(30)
            parent.stderr.close()
            # Nobody has closed its input: what ends it is that its parent is gone.
            self.assertEqual(ours.recv(1), b"")
            os.close(handle)

    def test_it_does_not_begin_for_somebody_else(self):
        with self.assertRaises(EOFError):
            Helper(parent=1).__enter__()

    def test_it_is_no_command(self):
        done = subprocess.run([BINARY, "parse-rdf"], capture_output=True, text=True, timeout=30)
        self.assertNotEqual(done.returncode, 0)
        helped = subprocess.run([BINARY, "--help"], capture_output=True, text=True, timeout=30)
        self.assertNotIn("parse-rdf", helped.stdout)


class DocumentsOfRdf(Folder):
    def write_catalogue(self):
        folder = self.folder / "rdf"
        folder.mkdir()
        for name in ("catalogue.ttl", "sextant.rdf"):
            (folder / name).write_bytes((FIXTURES / name).read_bytes())
        return folder

    def test_a_catalogue_is_imported_as_what_it_describes(self):
        said = self.succeeds("import", "--source", "s", str(self.write_catalogue()))
        self.assertIn("5 created", said)
        exported = [json.loads(line) for line in self.succeeds("export").splitlines()]
        titles = sorted(one["title"] for one in exported if one.get("type") == "Collection")
        self.assertEqual(titles, ["One", "Relief du fond", "Series", "Two"])
        said = self.succeeds("import", "--source", "s", "--format", "dcat", str(self.folder / "rdf"))
        self.assertIn("5 unchanged", said)

    def test_a_malformed_one_is_told_and_stops_nothing(self):
        folder = self.write_catalogue()
        (folder / "broken.ttl").write_text("@prefix dcat: <http://www.w3.org/ns/dcat#> .\n<a> dcat:b")
        (folder / "entity.rdf").write_text(
            "<!DOCTYPE r [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/'>%p;]>"
            "<d:Dataset xmlns:d='http://www.w3.org/ns/dcat#'/>")
        code, said, errors = self.run_here("import", "--source", "s", str(folder))
        self.assertIn("5 created", said + errors)
        self.assertIn("2 failed", said + errors)
        told = self.succeeds("runs", "1")
        self.assertRegex(told, r"failed +rdf-malformed")
        self.assertRegex(told, r"failed +xml-entity")

    def test_a_helper_that_is_killed_in_mid_document_costs_that_document(self):
        folder = self.write_catalogue()
        data_set = ("<http://example.org/{0}> a <http://www.w3.org/ns/dcat#Dataset> ;"
                    " <http://purl.org/dc/terms/title> \"Title {0}\" ;"
                    " <http://purl.org/dc/terms/description> \"d\" .\n")
        slow = folder / "m.ttl"  # between the two others
        slow.write_text("".join(map(data_set.format, range(60_000))))
        size = slow.stat().st_size
        self.write("terracat.toml",
                   f'[[source]]\nname = "s"\nkind = "files"\naddress = "{folder}"\n')
        process = subprocess.Popen([BINARY, "harvest", "s"], cwd=self.folder, env=environment(),
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        with process:
            # It has read more than the other two and what it needs to begin, so it is at the third.
            kill_child(process, "parse-rdf", lambda child: bytes_read_by(child) > size / 2)
            said = process.communicate(timeout=120)[0]
        self.assertIn("5 created", said)
        self.assertIn("1 failed", said)
        self.assertRegex(self.succeeds("runs", "1"), r"failed +parser-crash[^\n]*signal 9")
        slow.write_text(data_set.format(1))
        said = self.succeeds("harvest", "s")
        self.assertIn("1 created", said)
        self.assertIn("5 unchanged", said)

    def test_a_killed_helper_fails_one_document_at_most(self):
        # The program that runs is the one that would be killed: its helpers are its children.
        documents = "".join(
            f"<http://example.org/{n}> a <http://www.w3.org/ns/dcat#Dataset> ;"
            f" <http://purl.org/dc/terms/title> \"{n}\" ;"
            f" <http://purl.org/dc/terms/description> \"d\" .\n" for n in range(3000))
        path = self.folder / "many.ttl"
        path.write_text(documents)
        process = subprocess.Popen([BINARY, "import", "--source", "s", str(path)], cwd=self.folder,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        children = Path(f"/proc/{process.pid}/task")
        killed = False
        while process.poll() is None and not killed:  # nothing tells when a helper is there
            for task in children.glob("*/children"):
                try:
                    for child in task.read_text().split():
                        words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
                        if b"parse-rdf" in words:
                            os.kill(int(child), signal.SIGKILL)
                            killed = True
                except (OSError, ProcessLookupError):
                    pass
        said = process.communicate(timeout=120)[0]
        self.assertTrue(killed)
        created = int(re.search(r"(\d+) created", said).group(1)) if "created" in said else 0
        if "failed" in said and "1 failed" in said:
            self.assertIn(created, (0, 2999), said)  # the whole file, or one part of it
        else:
            self.assertEqual(created, 3000, said)


if __name__ == "__main__":
    unittest.main()
