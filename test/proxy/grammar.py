"""A reader of HTTP/1 that knows the grammar of RFC 9112 and no leniency. What it cannot read in one
way only, it does not read: everything behind is nobody's request."""

import re

TOKEN = re.compile(rb"[0-9A-Za-z!#$%&'*+.^_`|~-]+")
CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(;[^\r\n]*)?\r\n")


def line(data, at):
    """(line, where the next begins), or nothing if it does not end in CRLF and that only."""
    end = data.find(b"\r\n", at)
    if end < 0 or re.search(rb"[\r\n\x00]", data[at:end]):
        return None
    return data[at:end], end + 2


def fields_of(data, at):
    """(list of names and values, where the body begins), or nothing."""
    out = []
    while (found := line(data, at)) is not None:
        text, at = found
        if not text:
            return out, at
        name, colon, value = text.partition(b":")
        if not colon or not TOKEN.fullmatch(name):
            return None
        out.append((name.lower(), value.strip(b" \t")))
    return None


def chunks_end(data, at):
    while (found := CHUNK.match(data, at)) is not None:
        size, at = int(found[1], 16), found.end()
        if size == 0:
            trailers = fields_of(data, at)
            return trailers and trailers[1]
        at += size + 2
        if data[at - 2:at] != b"\r\n":
            return None
    return None


def request_end(data, at):
    """(fields, where the next request begins), or nothing if that is not certain."""
    begin = line(data, at)
    if begin is None or not re.fullmatch(rb"[^ \t]+ [^ \t]+ HTTP/1\.[01]", begin[0]):
        return None
    read = fields_of(data, begin[1])
    if read is None:
        return None
    fields, at = read
    lengths = [value for name, value in fields if name == b"content-length"]
    codings = [value for name, value in fields if name == b"transfer-encoding"]
    if codings:
        is_clear = not lengths and [c.lower() for c in codings] == [b"chunked"]
        end = chunks_end(data, at) if is_clear and begin[0].endswith(b"1.1") else None
        return end and (fields, end)
    if not lengths:
        return fields, at
    if len(lengths) > 1 or not re.fullmatch(rb"[0-9]{1,15}", lengths[0]):
        return None
    end = at + int(lengths[0])
    return (fields, end) if end <= len(data) else None


def requests(data):
    """The X-Request-Id of each request that is certainly one, in order."""
    at, out = 0, []
    while True:
        while data[at:at + 2] == b"\r\n":
            at += 2
        found = request_end(data, at)
        if found is None:
            return out
        fields, at = found
        ids = [value.decode("latin-1") for name, value in fields if name == b"x-request-id"]
        out.append(ids[0] if ids else "")
