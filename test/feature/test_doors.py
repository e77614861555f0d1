"""What the real program does with clients that ask for too much or for what is not theirs."""

import json
import re
import tempfile
import unittest
from pathlib import Path

from terracat import Server, run


class Door(unittest.TestCase):
    """Each test has a folder of its own, and everything runs in it."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)

    def configure(self, text):
        (self.folder / "terracat.toml").write_text(text)

    def serve(self):
        server = Server("--config", "terracat.toml", folder=self.folder)
        self.addCleanup(server.__exit__)
        return server


class Allowance(Door):
    def configure_limits(self, limits):
        self.configure(f'[limits]\ntrusted_proxies = ["127.0.0.0/8"]\n{limits}\n')

    def test_who_asks_for_too_much_waits_and_nobody_else_does(self):
        self.configure_limits("address_rate = 1\naddress_burst = 100")
        server = self.serve()
        for _ in range(20_000):
            status, headers, body = server.get("/stac/api", **{"X-Forwarded-For": "203.0.113.5"})
            if status != 200:
                break
        self.assertEqual(status, 429)
        self.assertEqual(headers["RateLimit-Policy"],
                         '"address";q=100;w=100;qu="processor-milliseconds"')
        wait = headers["Retry-After"]
        self.assertRegex(wait, r"^\d+$")
        self.assertEqual(headers["RateLimit"], f'"address";r=0;t={wait}')
        problem = json.loads(body)
        self.assertEqual(problem["code"], "too-many-requests")
        self.assertIn("Retry-After", problem["detail"])
        for other in ("203.0.113.6", "2001:db8::1", "203.0.113.5, 198.51.100.1"):
            status, _, _ = server.get("/stac/api", **{"X-Forwarded-For": other})
            self.assertEqual(status, 200, other)
        rejected = re.search(r'http_rejected_total\{reason="allowance"\} (\d+)',
                             server.get("/metrics")[2].decode())
        self.assertEqual(rejected.group(1), "1")

    def test_the_limit_can_be_switched_off(self):
        self.configure_limits("address_rate = 0\naddress_burst = 100")
        server = self.serve()
        for _ in range(2_000):
            status, _, _ = server.get("/stac/api", **{"X-Forwarded-For": "203.0.113.5"})
            self.assertEqual(status, 200)

    def test_proxies_that_are_none_are_told_before_anything_starts(self):
        self.configure('[limits]\ntrusted_proxies = ["proxy.example"]\n')
        code, _, errors = run("--config", "terracat.toml", "config", "check", folder=self.folder)
        self.assertEqual(code, 78)
        self.assertIn("limits.trusted_proxies: expected addresses or networks", errors)


if __name__ == "__main__":
    unittest.main()
