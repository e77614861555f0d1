"""Memory that is refused: the n-th allocation of the program fails, or all from the n-th on.

A command ends with one line and an exit code, or does its work all the same; the catalogue stays
sound, and the same command completes afterwards. Each place of the program that leads to an
allocation has the same chance, however often it is passed.
"""

import http.client
import itertools
import random
import shutil
import threading
import urllib.error
import urllib.parse
import urllib.request

import damage
import program
from allocations import Allocations
from documents import NEW, items
from program import Fault


ROUTES = (*damage.ROUTES, "/stac/search?intersects=" + urllib.parse.quote(
    '{"type":"Polygon","coordinates":[[[0,0],[90,0],[90,20],[0,20],[0,0]]]}'),
          "/stac/collections/items/items?limit=5&sortby=-datetime")


class Reading:
    """A command that writes nothing. What it says is right, or it says that it cannot."""

    def __init__(self, template, *command):
        self.name = f"{command[0]}-alone"
        self.command = command
        self.template = template
        self.said = None

    def prepare(self, folder):
        shutil.copytree(self.template, folder)

    def run(self, fault, folder):
        return program.run_under(fault, folder, *self.command)

    def measure(self, folder):
        self.prepare(folder)
        self.said = program.run(folder, *self.command).said

    def judge(self, fault, folder, outcome):
        whole = self.said.splitlines()
        wrong = [line for line in outcome.said.splitlines() if line not in whole]
        if outcome.code == 0 and outcome.said != self.said:
            return ["says something else than without a fault, and ends with 0"]
        if wrong and (outcome.said.endswith("\n") or len(wrong) > 1):
            return [f"says what is not so: {wrong[0][:200]}"]
        return [] if program.run(folder, *self.command).said == self.said else ["does not go on"]


def ask(url, route, patience):
    """Status and body; 0 if the connection ends before any answer, None if it waits too long."""
    try:
        with urllib.request.urlopen(url + route, timeout=patience) as answer:
            return answer.status, damage.plain(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()
    except TimeoutError:
        return None, b""
    except (OSError, http.client.HTTPException) as error:
        hangs = isinstance(getattr(error, "reason", None), TimeoutError)
        return (None if hangs else 0), b""


class Serving:
    """A server that is asked for everything while memory is refused, and again when there is some.

    An answer is right, or 503, or none; or the server ends with a line. `at_start`: allocations are
    counted from its first instruction, else from the first request."""

    def __init__(self, template, at_start):
        self.name = "serve-start" if at_start else "serve"
        self.template = template
        self.at_start = at_start
        self.sound = None

    def prepare(self, folder):
        shutil.copytree(self.template, folder)

    def run(self, fault, folder):
        with Allocations(folder, keeps_places=fault == program.PLACES) as allocations:
            if self.at_start:
                allocations.refuse(fault.at, fault.sticky)
            process = program.start(folder, ["serve", "--listen", "127.0.0.1:0"],
                                    LD_PRELOAD=program.MEMORY, **allocations.variables)
            watch = threading.Timer(program.PATIENCE, process.kill)
            watch.start()
            said = process.stdout.readline()
            watch.cancel()
            begun = allocations.count
            answers, later = {}, {}
            if said.startswith("serving on "):
                url = said.split()[2].rstrip("/")
                if not self.at_start and fault.at:
                    allocations.refuse(begun + fault.at, fault.sticky)
                answers = self.ask_all(url, 1 if fault.sticky else 20)
                allocations.allow()
                if process.poll() is None:
                    later = self.ask_all(url, 20)
                process.terminate()
            outcome = program.end(process)
            outcome.injected, outcome.where = allocations.refused, allocations.where()
            if fault == program.PLACES:
                of_requests = [[at - begun for at in place if at > begun]
                               for place in allocations.places()]
                outcome.places = (allocations.places() if self.at_start
                                  else [place for place in of_requests if place])
        outcome.said = said
        outcome.answers = answers, later
        # Its log may say much; what counts is why it ended.
        outcome.errors = "".join(line + "\n" for line in outcome.errors.splitlines()
                                 if line.startswith("terracat: "))
        return outcome

    @staticmethod
    def ask_all(url, patience):
        """Until somebody waits: the next would wait as well."""
        out = {}
        for route in ROUTES:
            out[route] = ask(url, route, patience)
            if out[route][0] is None:
                break
        return out

    def measure(self, folder):
        self.prepare(folder)
        outcome = self.run(program.NOTHING, folder)
        self.sound = outcome.answers[0]
        if outcome.code != 0 or self.sound != outcome.answers[1]:
            raise RuntimeError(f"{self.name} fails by itself: {outcome}")

    def judge(self, fault, folder, outcome):
        answers, later = outcome.answers
        # Who cannot be accepted while there is no memory at all waits until there is some.
        allowed = (0, 503, None) if fault.sticky else (0, 503)
        wrong = [f"says {status} to {route}: {body[:200]}"
                 for route, (status, body) in answers.items()
                 if (status, body) != self.sound[route] and status not in allowed]
        if outcome.code != 0:
            return wrong
        wrong += [f"is not well again: {status} to {route}: {body[:200]}"
                  for route, (status, body) in later.items() if (status, body) != self.sound[route]]
        return wrong if self.at_start or later else [*wrong, "serves nobody and ends with 0"]


def readings(folder):
    template = folder / "template-reading"
    template.mkdir()
    items(template / "new.ndjson", 150, NEW, 60)
    done = program.run(template, "import", "new.ndjson")
    if done.code != 0:
        raise RuntimeError(done.errors)
    out = [Reading(template, "export"), Reading(template, "check"),
           Serving(template, at_start=True), Serving(template, at_start=False)]
    for one in out:
        one.measure(folder / f"measured-{one.name}")
    return out


def places_of(scenario, folder):
    scenario.prepare(folder)
    outcome = scenario.run(program.PLACES, folder)
    if outcome.code != 0 or not outcome.places:
        raise RuntimeError(f"{scenario.name} fails by itself: {outcome.code} {outcome.errors}")
    return outcome.places


def faults(scenarios, folder, count, seed):
    """So many, each scenario as often as the others, and each of its places."""
    known = {}
    dice = random.Random(seed)
    for n, scenario in zip(range(count), itertools.cycle(scenarios)):
        if scenario.name not in known:
            known[scenario.name] = places_of(scenario, folder / f"places-{scenario.name}")
        at = dice.choice(dice.choice(known[scenario.name]))
        yield scenario, Fault("memory", at, sticky=n // len(scenarios) % 2 == 1)


def chosen(scenario, at):
    """One allocation in both ways, as a finding tells of it."""
    return [(scenario, Fault("memory", at, sticky=sticky)) for sticky in (False, True)]
