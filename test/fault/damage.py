"""A catalogue file that rots: flipped bits, pages of noise, a missing end.

Every command answers right or says a coded error. None crashes, none hangs, and nothing wrong
passes for right: each line of an export is the one of the sound file, or an error says what is missing.
"""

import concurrent.futures
import os
import random
import re
import shutil
import time
import urllib.error
import urllib.request

import program
from documents import NEW, items

ROUTES = ("/health/ready", "/stac", "/stac/collections", "/stac/collections/items",
          "/stac/collections/items/items?limit=50", "/stac/collections/items/items/i00007",
          "/stac/search?bbox=0,0,90,20&limit=200", "/stac/search?ids=i00011,i00099")


def make(folder):
    """A sound catalogue without a log, what it exports and what it serves."""
    folder.mkdir(parents=True)
    items(folder / "new.ndjson", 150, NEW, 60)
    done = program.run(folder, "import", "new.ndjson")
    if done.code != 0 or program.run(folder, "check").code != 0:
        raise RuntimeError(done.errors)
    exported = program.run(folder, "export").said.splitlines()
    answers, _, _ = serve(folder)
    return exported, answers


def plain(body):
    """An answer without what differs from server to server: its port."""
    return re.sub(rb"127\.0\.0\.1:\d+", b"HOST", body)


def serve(folder):
    """Asks a server. Returns (answers by route, its exit code, what it complained of)."""
    process = program.start(folder, ["serve", "--listen", "127.0.0.1:0"])
    answers = {}
    said = process.stdout.readline()
    if said.startswith("serving on "):
        url = said.split()[2].rstrip("/")
        for route in ROUTES:
            try:
                with urllib.request.urlopen(url + route, timeout=20) as answer:
                    answers[route] = answer.status, plain(answer.read())
            except urllib.error.HTTPError as error:
                with error:
                    answers[route] = error.code, error.read()
            except OSError as error:
                answers[route] = 0, str(error).encode()
        process.terminate()
    outcome = program.end(process)
    return answers, outcome.code, outcome.errors


def rot(path, dice):
    """Damages a file. Returns what was done."""
    data = bytearray(path.read_bytes())
    kind = dice.choice(("bit", "bit", "bit", "noise", "zeros", "end"))
    at = dice.randrange(len(data))
    if kind == "bit":
        data[at] ^= 1 << dice.randrange(8)
    elif kind == "end":
        del data[at:]
    else:
        at -= at % 512
        size = min(512 * dice.choice((1, 8, 16)), len(data) - at)
        data[at:at + size] = dice.randbytes(size) if kind == "noise" else bytes(size)
    path.write_bytes(data)
    return f"{kind} at {at}"


def judge_code(name, code, errors):
    if code is None:
        return [f"{name} hangs"]
    if code not in (0, 1, 74):
        return [f"{name} ended with {code}: {errors[-300:]}"]
    return [f"{name} fails without a word"] if code != 0 and not errors.strip() else []


def judge_export(done, sound):
    out = judge_code("export", done.code, done.errors)
    lines = done.said.splitlines()
    known = set(sound)
    false = [line for line in lines if line not in known]
    if false and done.code != 0 and done.said and not done.said.endswith("\n"):
        false.remove(lines[-1]) if lines[-1] in false else None  # cut short, and an error says so
    if false:
        out.append(f"export says what was never stored (exit {done.code}): {false[0][:200]}")
    if done.code == 0 and len(lines) < len(sound):
        out.append(f"export leaves out {len(sound) - len(lines)} lines without a word")
    return out


def judge_answers(answers, code, errors, sound):
    out = judge_code("serve", code, errors)
    for route, (status, body) in answers.items():
        if status == 200 and body != sound[route][1]:
            out.append(f"serve answers wrong at {route}")
        if route == "/health/ready" and status == 503 and b'"store"' in body:
            continue  # the proof beside the work was quick
        if status != 200 and status != 404 and b'"code"' not in body:
            out.append(f"serve answers {status} without a code at {route}: {body[:100]}")
        if status == 404:
            out.append(f"serve does not know {route}")
    return out


def one(folder, sound, answers):
    """Runs every command on one damaged catalogue. Returns (what is wrong, whether check sees it)."""
    checked = program.run(folder, "check")
    out = judge_code("check", checked.code, checked.errors + checked.said)
    exported = judge_export(program.run(folder, "export"), sound)
    served = judge_answers(*serve(folder), answers)
    imported = program.run(folder, "import", "new.ndjson")
    imported = judge_code("import", imported.code, imported.errors)
    return out, exported + served + imported, checked.code != 0


def grave(text):
    """What no word of `check` excuses."""
    return "hangs" in text or "ended with" in text


def rotten(folder, number, seed, sound):
    """Damages one copy. Returns (what was done, what is wrong, whether check tells of it)."""
    copy = folder / f"copy{number}"
    shutil.copytree(folder / "sound", copy)
    done = rot(copy / program.STORE, random.Random(f"{seed}-{number}"))
    crashes, wrong, is_seen = one(copy, *sound)
    shutil.rmtree(copy)
    return done, crashes + wrong, is_seen and not any(map(grave, crashes + wrong))


def sweep(folder, count, seed):
    """Damages `count` copies. Returns how many went wrong."""
    start = time.monotonic()
    sound = make(folder / "sound")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda number: rotten(folder, number, seed, sound), range(count)))
    wrong = [result for result in results if result[1]]
    bad = [result for result in wrong if not result[2]]
    print(f"damage: {count} files, check tells of {sum(told for *_, told in results)}, "
          f"{len(bad)} wrong, {len(wrong) - len(bad)} more that only check tells of, "
          f"{time.monotonic() - start:.0f} s", flush=True)
    for done, what, is_told in wrong[:20]:
        print(f"  {'told by check' if is_told else 'WRONG'}: {done}: {'; '.join(what)[:600]}")
    return len(bad)
