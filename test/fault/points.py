"""Failpoints by name: the program dies, fails or throws at each of them, wherever it passes it."""

import concurrent.futures
import itertools
import os
import re
from pathlib import Path

import program
from program import Fault

TURNS = (1, 3, 9, 27, 81)  # of which as many are tried as there are
EACH = range(1, 1_000)


def refusal(failpoints):
    """What is said of a variable that cannot be understood."""
    done = program.end(program.start(".", ["version"], program.FAULTY,
                                     TERRACAT_FAILPOINTS=failpoints))
    return done.errors if done.code == 78 else ""


def names():
    return refusal("nothing").rpartition("there are ")[2].split()


def tell_refusals():
    """What must not be armed. Returns how much is."""
    wrong = []
    if not re.search("there is no failpoint 'store.comit.before'", refusal("store.comit.before=kill")):
        wrong.append("an unknown name is not refused")
    for action in ("", "=", "=explode", "=kill@0", "=kill@x", "=sleep", "=sleep:", "=sleep:1s"):
        if "store.commit.before" + action not in refusal("run.page.after=eio,store.commit.before" + action):
            wrong.append(f"'{action}' is not refused")
    shipped = Path(program.BINARY).read_bytes()
    wrong += [f"the program that is shipped has {name}" for name in names()
              if name.encode() in shipped]
    for text in wrong:
        print(f"  {text}")
    return len(wrong)


def of_one(one_run, scenario, name):
    """Kills at its passes, and lets the last of them fail in each other way."""
    killed = []
    for turn in EACH if name.startswith("store.migration.") else TURNS:
        result = one_run((scenario, Fault("kill", turn, point=name)))
        if result.outcome.code == 0:
            break
        killed.append(result)
    failed = [one_run((scenario, Fault(mode, killed[-1].fault.at, point=name)))
              for mode in ("eio", "throw") if killed]
    for result in failed:
        if result.outcome.code == 0:
            result.wrong.append("nobody is told")
    return killed + failed


def sweep(one_run, scenarios):
    """Results as those of other faults."""
    jobs = list(itertools.product(scenarios, names()))
    waits = one_run((scenarios[0], Fault("sleep:1", 1, point="store.commit.before")))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        failures = list(itertools.chain(*pool.map(lambda job: of_one(one_run, *job), jobs)))
    return [waits, *failures]


def tell_unreached(results):
    """Each point must be on the way of some scenario. Returns how many are not."""
    missed = set(names()) - {result.fault.point for result in results}
    for name in sorted(missed):
        print(f"  no scenario comes to {name}")
    return len(missed)
