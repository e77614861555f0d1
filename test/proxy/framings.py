"""Hostile requests, drawn from a seed: every way that is known to us to say one thing to a proxy and
another to the server behind it.

A stream is what one client sends on one connection. Each request in it, also those that are hidden in
bodies, names an id of its own twice: in its path and in X-Request-Id.
"""

import random
from dataclasses import dataclass

HOST = b"site.example"


@dataclass
class Stream:
    number: int
    data: bytes
    cut: int  # the client pauses here
    ids: list  # of every request that is written anywhere in it, in order
    recipe: str  # what was drawn, for whoever looks at a failure


class Writer:
    """Writes the streams of one seed."""

    def __init__(self, seed, number):
        self.dice = random.Random(f"{seed}/{number}")
        self.number = number
        self.ids = []
        self.recipe = []
        self.is_mild = self.chance(2)  # most of the request is as it should be

    def draw(self, name, choices):
        """One of the choices, of which the first is the harmless one."""
        chosen = self.dice.choice(choices)
        if self.is_mild and self.dice.randrange(4):
            chosen = choices[0]
        self.recipe.append(f"{name}={chosen!r}")
        return chosen

    def chance(self, one_in):
        return self.dice.randrange(one_in) == 0

    def new_id(self):
        made = f"r{self.number}-{len(self.ids)}"
        self.ids.append(made)
        return made.encode()

    def plain(self, fields=b""):
        """A request that nobody can misread."""
        name = self.new_id()
        return (b"GET /stac/collections/" + name + b" HTTP/1.1\r\nHost: " + HOST +
                b"\r\nX-Request-Id: " + name + b"\r\n" + fields + b"\r\n")

    def stream(self):
        data = b"".join(self.plain() for _ in range(self.dice.randrange(3)))
        data += self.hostile()
        data += self.plain() + self.plain(b"Connection: close\r\n")
        cut = self.dice.choice((len(data), self.dice.randrange(len(data))))
        return Stream(self.number, data, cut, self.ids, " ".join(self.recipe))

    def hostile(self):
        name = self.new_id()
        end = self.draw("end", LINE_ENDS) if self.chance(6) else b"\r\n"
        body, length = self.body()
        fields = [b"X-Request-Id: " + name, *self.host_fields(), *self.framing_fields(length)]
        if self.chance(4):
            fields.append(self.draw("connection", CONNECTIONS))
        if self.chance(6):
            fields.append(self.draw("expect", EXPECTS))
        if self.chance(4):
            fields.append(self.draw("odd", ODD_FIELDS))
        self.dice.shuffle(fields)
        head = end.join([self.request_line(name), *fields])
        return head + end + (self.draw("empty", LINE_ENDS) if self.chance(12) else end) + body

    def request_line(self, name):
        method = self.draw("method", METHODS)
        target = self.draw("target", TARGETS).replace(b"ID", name)
        version = self.draw("version", VERSIONS) if self.chance(4) else b" HTTP/1.1"
        return method + b" " + target + version

    def host_fields(self):
        if self.chance(4):
            return self.draw("host", HOSTS)
        return [b"Host: " + HOST]

    def framing_fields(self, length):
        out = []
        ways = self.draw("framing", ("coding", "length", "both", "none", "coding", "both"))
        if ways in ("length", "both"):
            for _ in range(1 if self.dice.randrange(5) else 2):
                out.append(self.draw("length", LENGTHS)(length))
        if ways in ("coding", "both"):
            for _ in range(1 if self.dice.randrange(5) else 2):
                out.append(self.draw("coding", CODINGS))
        return out

    def body(self):
        """Something that may be a body. Returns it and how long its writer would say it is."""
        kind = self.draw("body", ("chunks", "nothing", "request", "chunks", "text", "half"))
        if kind == "nothing":
            return b"", 0
        if kind == "text":
            return b"{}", 2
        if kind == "request":
            hidden = self.plain()
            return hidden, len(hidden)
        if kind == "half":  # what follows would become the value of a field
            hidden = self.plain()[:-2] + b"X-Swallow: "
            return hidden, len(hidden)
        data = self.chunks()
        return data, self.dice.choice((len(data), 0, 3, 5))

    def chunks(self):
        data = b""
        for _ in range(self.dice.randrange(3)):
            content = self.plain() if self.chance(3) else b"0123456789"
            size = self.draw("size", SIZES)(len(content)) if self.chance(3) else b"%x" % len(content)
            extension = self.draw("extension", EXTENSIONS) if self.chance(4) else b""
            end = self.draw("chunk-end", LINE_ENDS) if self.chance(8) else b"\r\n"
            data += size + extension + end + content + (end if self.dice.randrange(10) else b"")
        last = self.draw("last", LAST_CHUNKS) if self.chance(3) else b"0\r\n"
        trailers = b""
        if self.chance(3):
            trailers = self.draw("trailer", TRAILERS).replace(b"ID", b"r%d-t" % self.number)
        data += last + trailers + (b"" if self.chance(10) else b"\r\n")
        return data + (self.plain() if self.chance(4) else b"")


METHODS = (b"POST", b"GET", b"POST", b"OPTIONS", b"PUT", b"DELETE", b"get", b"G@T", b"POST\t")
TARGETS = (b"/stac/search?ID=1",) + (b"/stac/collections/ID",) * 6 + (
    b"/stac/search", b"http://site.example/stac/collections/ID",
    b"http://other.example/stac/collections/ID", b"https://site.example:443/stac/collections/ID",
    b"//stac/collections/ID", b"/stac/x/../collections/ID", b"/stac/%2e%2e/stac/collections/ID",
    b"/stac/collections/ID HTTP/1.1", b"/stac/collections/ID\tx", b"/stac/collections/ID#x",
    b"/stac/collections/ID%00", b"/stac/collections/\xffID", b"*", b"stac", b"site.example:80",
    b"/stac/collections/ID?a=\x01", b"/stac\\collections/ID")
VERSIONS = (b" HTTP/1.1", b" HTTP/1.0", b" HTTP/1.0", b" HTTP/1.2", b" HTTP/2.0", b" HTTP/0.9", b"", b" http/1.1",
            b"  HTTP/1.1", b" HTTP/1.1 ", b"\tHTTP/1.1", b" HTTP/1.1 x", b" HTTP/01.1", b" HTTP/1.1\x00")
HOSTS = ([b"Host: site.example"], [], [b"Host: site.example", b"Host: other.example"],
         [b"Host: site.example", b"Host: site.example"], [b"Host:"], [b"Host : site.example"],
         [b"Host: site.example, other.example"], [b"Host: site.example/x"], [b"Host: a b"],
         [b"Host:\r\n site.example"], [b"Host: user@site.example"], [b"Host: site.example:x"],
         [b"Host\x00: site.example"], [b"\x0bHost: site.example"])
LENGTHS = (
    lambda n: b"Content-Length: %d" % n, lambda n: b"Content-Length: %d" % n,
    lambda n: b"Content-Length: %d" % n, lambda n: b"Content-Length: %d" % (n + 1),
    lambda n: b"Content-Length: %d" % max(n - 1, 0), lambda n: b"Content-Length: 0",
    lambda n: b"Content-Length: +%d" % n, lambda n: b"Content-Length: -%d" % n,
    lambda n: b"Content-Length: 0%d" % n, lambda n: b"Content-Length: 0x%x" % n,
    lambda n: b"Content-Length: %d, %d" % (n, n), lambda n: b"Content-Length: %d,%d" % (n, n + 1),
    lambda n: b"Content-Length: %d " % n, lambda n: b"Content-Length:\t%d" % n,
    lambda n: b"Content-Length : %d" % n, lambda n: b"Content-Length: %d\x00" % n,
    lambda n: b"Content-Length: %d x" % n, lambda n: b"Content-Length: %d.0" % n,
    lambda n: b"Content-Length: \x0b%d" % n, lambda n: b"Content-Length:", lambda n: b"content-length:%d" % n,
    lambda n: b"Content-Length: 18446744073709551616", lambda n: b"Content-Length: %d" % (2**64 + n),
    lambda n: b"Content_Length: %d" % n, lambda n: b"Content-Length\r\n: %d" % n,
    lambda n: b"Content-Length:\r\n %d" % n, lambda n: b"X: y\nContent-Length: %d" % n)
CODINGS = (b"Transfer-Encoding: chunked",) * 6 + (
    b"Transfer-Encoding: Chunked", b"Transfer-Encoding:chunked", b"Transfer-Encoding:  chunked \t",
    b"Transfer-Encoding: xchunked", b"Transfer-Encoding: chunked, identity", b"transfer-encoding: identity",
    b"Transfer-Encoding: gzip, chunked", b"Transfer-Encoding: chunked, chunked",
    b"Transfer-Encoding: identity, chunked", b"Transfer-Encoding: \x0bchunked",
    b"Transfer-Encoding: chunked\x00", b"Transfer-Encoding : chunked", b"Transfer-Encoding\t: chunked",
    b" Transfer-Encoding: chunked", b"Transfer-Encoding:\r\n chunked", b"Transfer-Encoding: chunked;q=1",
    b"Transfer-Encoding: \"chunked\"", b"Transfer-Encoding:", b"Transfer-Encoding: chunked,",
    b"Transfer-Encoding: ,chunked", b"Transfer_Encoding: chunked", b"X: y\nTransfer-Encoding: chunked",
    b"X: y\rTransfer-Encoding: chunked", b"TE: chunked", b"Transfer-Encoding\x00: chunked",
    b"Transfer-Encoding: chunke\xc4\x8f", b"Transfer-Encoding: cow")
CONNECTIONS = (b"Connection: keep-alive", b"Connection: close", b"Connection: Transfer-Encoding",
               b"Connection: Content-Length", b"Connection: close, Host", b"Connection: X-Request-Id",
               b"Connection: upgrade\r\nUpgrade: h2c", b"Connection: upgrade\r\nUpgrade: websocket",
               b"Proxy-Connection: keep-alive", b"Keep-Alive: timeout=5")
EXPECTS = (b"Expect: 100-continue", b"Expect: 100-Continue", b"Expect: 100-continue, x", b"Expect: x",
           b"Expect:", b"Expect: 100-continue\r\nExpect: 100-continue", b"Expect : 100-continue")
ODD_FIELDS = (b"Via: 1.1 x", b"X: 1\r\n 2", b"X: 1\r\n\t2", b"X", b": x", b"X\x00: y", b"X : y", b"X: \x00", b"X: \x7f",
              b"X: \xff", b"X Y: z", b"(X): y", b"X: " + b"y" * 5000, b"Trailer: Content-Length",
              b"Content-Encoding: gzip", b"X-Forwarded-For: 127.0.0.1",
              b"Max-Forwards: 0", b"Range: bytes=0-3", b"HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA")
LINE_ENDS = (b"\r\n", b"\n", b"\r", b"\r\r\n", b"\n\r\n", b"\r\n ", b" \r\n")
SIZES = (
    lambda n: b"%X" % n, lambda n: b"0%x" % n, lambda n: b"000000000000000000%x" % n,
    lambda n: b"0x%x" % n, lambda n: b"+%x" % n, lambda n: b"-%x" % n, lambda n: b" %x" % n,
    lambda n: b"%x " % n, lambda n: b"%x\t" % n, lambda n: b"%x" % (n + 1), lambda n: b"%x" % (n - 1),
    lambda n: b"1%016x" % n, lambda n: b"ffffffffffffffff", lambda n: b"%x_" % n, lambda n: b"",
    lambda n: b"%xg" % n, lambda n: b"%x\x00" % n, lambda n: b"%x\r" % n)
EXTENSIONS = (b";a=b", b"; a=b", b";a=\"b\"", b";a=\"\r\n\"", b";\n", b";a\rb", b" ;a", b";", b"a=b",
              b";a=\"x;y\"", b";" + b"a" * 300, b"\n0", b";\x00")
LAST_CHUNKS = (b"00\r\n", b"0\n", b"0;a\r\n", b"0 \r\n", b"0x0\r\n", b"\r\n", b"0\r", b"-0\r\n", b"0;\n\r\n")
TRAILERS = (b"X: y\r\n", b"Content-Length: 5\r\n", b"Transfer-Encoding: chunked\r\n",
            b"X-Request-Id: ID\r\n", b"X: y\n", b"X : y\r\n", b"X\r\n", b"X: 1\r\n 2\r\n",
            b"Host: other.example\r\n", b": x\r\n", b"X: y\r",
            b"GET /stac/collections/ID HTTP/1.1\r\n")


def streams(seed, count, first=0):
    return (Writer(seed, number).stream() for number in range(first, first + count))
