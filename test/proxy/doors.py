"""Proxies from Debian in front of the real program, each with a log of what it sent on."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass

NGINX = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  log_format sent escape=json '{{"id":"$http_x_request_id","upstream":"$upstream_status"}}';
  access_log {folder}/sent.log sent;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  lingering_close off;
  upstream site {{ server {site}; keepalive 8; }}
  server {{
    listen 127.0.0.1:{port};
    {options}
    location / {{
      proxy_pass http://site;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_next_upstream off;
      proxy_ignore_client_abort on;
    }}
  }}
}}
"""

HAPROXY = """
defaults
  mode http
  timeout connect 5s
  timeout client 20s
  timeout server 20s
  http-reuse always
  retries 0
frontend door
  bind 127.0.0.1:{port}
  log stdout format raw local0
  {options}
  http-request capture req.fhdr(X-Request-Id,1) len 64
  log-format '{{"id":"%[capture.req.hdr(0)]","server":"%s","state":"%ts","status":"%ST"}}'
  default_backend site
backend site
  {backend}
  server site {site}
"""


def program(name):
    """Its path, or nothing. Debian keeps servers where only root looks for programs."""
    return shutil.which(name, path=os.environ.get("PATH", os.defpath) + ":/usr/sbin")


@dataclass(frozen=True)
class Sent:
    """A request as a proxy's log has it."""

    id: str
    is_answered: bool  # by the site; else the proxy does not know what became of it


class Proxy:
    """A proxy on a free port, for a `with` block."""

    def __init__(self, folder, site, options="", backend=""):
        self.folder = folder
        self.port = free_port()
        config = folder / "proxy.conf"
        config.write_text(self.CONFIG.format(folder=folder, site=site, port=self.port,
                                             options=options, backend=backend))
        self.log = (folder / "said.log").open("w+")
        self.process = subprocess.Popen([program(self.PROGRAM), *self.arguments(config)],
                                        stdin=subprocess.DEVNULL, stdout=self.log,
                                        stderr=subprocess.STDOUT)

    def __enter__(self):
        for _ in range(200):
            if self.process.poll() is not None:
                raise RuntimeError((self.folder / "said.log").read_text())
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.05)  # neither proxy says when it listens
        raise RuntimeError(f"{self.PROGRAM} does not listen")

    def __exit__(self, *_):
        self.process.send_signal(self.END)  # else what it does last is not in its log
        self.process.wait(30)
        self.log.close()


class Nginx(Proxy):
    PROGRAM = "nginx"
    END = signal.SIGQUIT  # when all is done
    CONFIG = NGINX

    @staticmethod
    def arguments(config):
        return ["-e", str(config.parent / "error.log"), "-c", str(config)]

    def sent(self):
        for line in (self.folder / "sent.log").read_text().splitlines():
            entry = json.loads(line)
            if entry["upstream"]:  # else it was not sent on
                yield Sent(entry["id"], entry["upstream"] not in ("-", "502", "504"))


class Haproxy(Proxy):
    PROGRAM = "haproxy"
    END = signal.SIGUSR1  # likewise
    CONFIG = HAPROXY

    @staticmethod
    def arguments(config):
        return ["-db", "-f", str(config)]

    def sent(self):
        text = (self.folder / "said.log").read_text(errors="replace")
        for entry in re.findall(r'\{"id":"(.*)","server":"(.*)","state":"(.*)","status":"(.*)"\}', text):
            name, server, state, _ = entry
            if server != "<NOSRV>":
                yield Sent("" if name == "-" else name, state[0] not in "SsC")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# Each as shipped, and as an operator sets it who wants everything to get through.
DOORS = {
    "nginx": (Nginx, {}),
    "nginx-passing": (Nginx, {"options": "proxy_request_buffering off; ignore_invalid_headers off; "
                                         "underscores_in_headers on; merge_slashes off;"}),
    "haproxy": (Haproxy, {}),
    "haproxy-passing": (Haproxy, {"options": "option accept-invalid-http-request",
                                  "backend": "option accept-invalid-http-response"}),
}

# Behind these the control looks right: nginx gives a body its length, or drops the connection of a
# site that answers before the body has ended.
HIDING = ("nginx", "nginx-passing")
