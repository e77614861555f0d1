"""Says what is wrong after a fault. Nothing may be."""

import contextlib
import json
import re
import sqlite3

import program

KILLS = ("kill", "torn", "cut")


def content(folder):
    """What a catalogue holds, read with SQLite alone: name and what tells its versions apart."""
    with contextlib.closing(
            sqlite3.connect(f"file:{folder / program.STORE}?mode=ro", uri=True)) as connection:
        rows = dict(connection.execute("SELECT id, time FROM item"))
        rows.update(connection.execute("SELECT native_id, title FROM record"))
        return rows


def own_lines(errors):
    """Lines on standard error that are the program's; SpatiaLite writes there, too."""
    return [line for line in errors.splitlines()
            if line.startswith(("terracat: ", "{"))
            and not re.search(r"harvest\.|log\.lost", line)]


def refusal_of_memory(outcome):
    """A library may do without what it was refused; who cannot go on says so."""
    lines = own_lines(outcome.errors)
    if outcome.code == 0:
        return [f"says something and ends with 0: {lines}"] if lines else []
    if len(set(lines)) != 1:  # two threads may come to the end of memory, and say the same
        return [f"not one line on standard error: {outcome.errors[-400:]}"]
    if outcome.code != 1:
        return [f"ended with {outcome.code}: {lines[0]}"]
    is_said = lines[0] in ("terracat: there is no memory left",
                           "terracat: there is no memory left for a thread, or too many threads run")
    return [] if is_said else [f"says: {lines[0]}"]


def ending(fault, outcome):
    """The exit code and the message of the run that the fault hit."""
    if outcome.injected == 0:
        return [] if outcome.code == 0 else [f"ended with {outcome.code} for no reason"]
    if outcome.code is None:
        return ["hangs"]
    if fault.mode in KILLS:
        return [] if outcome.code == -9 else [f"was to be killed, ended with {outcome.code}"]
    if outcome.code < 0:
        return [f"died of signal {-outcome.code}"]
    if fault.mode == "memory":
        return refusal_of_memory(outcome)
    if outcome.code == 0:
        # A write that took half is gone on with; a full disc may wait for the next checkpoint.
        is_told = fault.mode not in ("eio", "throw") or outcome.unsaid == outcome.injected
        return [] if is_told else ["an error was not told of"]
    lines = [line for line in outcome.errors.splitlines() if "harvest." not in line]
    if len(lines) != 1:
        return [f"not one line on standard error: {lines}"]
    if fault.mode == "throw":
        return [] if outcome.code in (1, 74) else [f"ended with {outcome.code}: {lines[0]}"]
    is_log = '"store.io_error"' in lines[0]
    if not is_log and not lines[0].startswith("terracat: "):
        return [f"says nothing clear: {lines[0]}"]
    if outcome.code != 74:
        return [f"ended with {outcome.code}, not 74: {lines[0]}"]
    return []


def export_beside(scenario, outcome):
    """What was exported at the same time is old or new, each line."""
    known = set(json.loads(line)["id"] for line in scenario.exported.splitlines())
    wrong = []
    for other in outcome.beside:
        if other.code != 0:
            wrong.append(f"the export beside it ended with {other.code}: {other.errors[:300]}")
        for line in other.said.splitlines():
            one = json.loads(line)
            if one["id"] not in known:
                wrong.append(f"the export beside it made up {one['id']}")
    return wrong


def state(scenario, folder, outcome):
    """The catalogue as the fault left it."""
    checked = program.run(folder, "check")
    if scenario.may_be_absent and outcome.acknowledged == 0 and checked.code == 1:
        if "no catalogue" in checked.errors:
            return []
    if scenario.may_be_older and outcome.acknowledged == 0 and checked.code == 1:
        if "earlier terracat" in checked.errors and content(folder) == scenario.before:
            return []
    if checked.code != 0 or "sound" not in checked.said:
        return [f"check says {checked.code}: {(checked.said + checked.errors)[:400]}"]
    try:
        found = content(folder)
    except sqlite3.Error as error:
        return [f"cannot be read: {error}"]
    count, wrong = scenario.written(found)
    out = [f"{len(wrong)} documents are neither old nor new: {wrong[:3]}"] if wrong else []
    if count % scenario.batch and count != len(scenario.documents):
        out.append(f"holds {count} documents, which is no whole number of commits")
    least = scenario.least(outcome, folder)
    if count < least:
        out.append(f"holds {count} documents where {least} were acknowledged")
    return out


def again(scenario, folder):
    """The same command, and nothing wrong this time."""
    outcome = program.run(folder, *scenario.command, **scenario.variables)
    if outcome.code != 0:
        return [f"does not go on: {outcome.code} {outcome.errors[-400:]}"]
    exported = scenario.exports(folder)
    if exported.code != 0 or exported.said != scenario.exported:
        return ["what is exported in the end is not that of an undisturbed run"]
    return []


def of(scenario, fault, folder, outcome):
    """Everything that is wrong with the catalogue after one run under one fault."""
    wrong = export_beside(scenario, outcome) + state(scenario, folder, outcome)
    return wrong if fault.lie else wrong + again(scenario, folder)
