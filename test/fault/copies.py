"""Backups and restores that are killed, at each file operation: there is never no catalogue, and never
half a backup under a backup's name."""

import concurrent.futures
import json
import os
import shutil
import time

import program
from scenarios import NEW, OLD, item

BACKUP = f"copy-of-{program.STORE}"  # the shim watches names with that of the catalogue in it


def documents(names, time_of):
    return "".join(item(name, time_of) + "\n" for name in names)


def must(folder, *arguments):
    done = program.run(folder, *arguments)
    if done.code != 0:
        raise RuntimeError(f"{arguments} fails by itself: {done.errors}")
    return done.said


class Copies:
    """A catalogue, a backup of an earlier state of it, and what both export."""

    def __init__(self, folder):
        self.template = folder / "template"
        self.template.mkdir(parents=True)
        (self.template / "old.ndjson").write_text(documents([f"i{n:05}" for n in range(60)], OLD))
        (self.template / "new.ndjson").write_text(documents([f"j{n:05}" for n in range(60)], NEW))
        must(self.template, "import", "old.ndjson")
        self.old = must(self.template, "export")
        must(self.template, "backup", BACKUP)
        must(self.template, "import", "new.ndjson")
        self.new = must(self.template, "export")

    def restored(self, folder, fault):
        outcome = program.run_under(fault, folder, "restore", BACKUP)
        if fault.mode != "none" and outcome.code not in (-9, 0):
            return outcome, [f"was to be killed, ended with {outcome.code}: {outcome.errors[:200]}"]
        if not (folder / program.STORE).exists():
            return outcome, ["there is no catalogue"]
        # Whoever writes next completes what was begun.
        written = program.run(folder, "import", "/dev/null")
        if written.code not in (0, 1):
            return outcome, [f"cannot be written any more: {written.errors[:300]}"]
        checked = program.run(folder, "check")
        exported = program.run(folder, "export")
        if "sound" not in checked.said or exported.code != 0:
            return outcome, [f"is not sound: {(checked.said + checked.errors)[:300]}"]
        if exported.said not in (self.old, self.new):
            return outcome, ["holds neither the backup nor what was there"]
        if outcome.code == 0 and exported.said != self.old:
            return outcome, ["is not the backup, though the restore says so"]
        again = program.run(folder, "restore", BACKUP)
        if again.code != 0 or program.run(folder, "export").said != self.old:
            return outcome, [f"cannot be restored again: {again.errors[:300]}"]
        return outcome, []

    def backed_up(self, folder, fault):
        outcome = program.run_under(fault, folder, "backup", BACKUP)
        if fault.mode != "none" and outcome.code not in (-9, 0):
            return outcome, [f"was to be killed, ended with {outcome.code}: {outcome.errors[:200]}"]
        if program.run(folder, "export").said != self.new:
            return outcome, ["the catalogue is not what it was"]
        manifest = folder / (BACKUP + ".json")
        try:
            json.loads(manifest.read_text()) if manifest.exists() else None
        except ValueError:
            return outcome, ["the manifest is half written"]
        other = folder / "other"
        other.mkdir()
        restored = program.run(other, "restore", folder / BACKUP)
        if restored.code != 0:
            return outcome, [f"the backup is none: {restored.errors[:300]}"]
        if program.run(other, "export").said not in (self.old, self.new):
            return outcome, ["the backup holds neither the old nor the new state"]
        again = program.run(folder, "backup", BACKUP)
        if again.code != 0 or any(name.endswith(".part") for name in os.listdir(folder)):
            return outcome, [f"cannot be made again: {again.errors[:300]}"]
        return outcome, []

    def one(self, job):
        name, fault, folder = job
        shutil.copytree(self.template, folder)
        outcome, wrong = getattr(self, name)(folder, fault)
        shutil.rmtree(folder)
        return name, fault, outcome, wrong


def sweep(folder, every, seed):
    """Returns how many runs went wrong."""
    start = time.monotonic()
    copies = Copies(folder)
    jobs = []
    for name in ("backed_up", "restored"):
        _, _, outcome, wrong = copies.one((name, program.NOTHING, folder / "undisturbed"))
        if wrong or outcome.operations == 0:
            raise RuntimeError(f"{name} fails by itself: {wrong}")
        points = range(1 + seed % every, outcome.operations + 1, every)
        for n, at in enumerate(points):
            fault = program.Fault("torn" if n % 2 else "kill", at)
            jobs.append((name, fault, folder / f"{name}-{at}"))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(copies.one, jobs))
    bad = [(name, fault, wrong) for name, fault, _, wrong in results if wrong]
    hit = sum(outcome.injected > 0 for _, _, outcome, _ in results)
    print(f"copies: {len(results)} kills of backups and restores, {hit} hit, {len(bad)} wrong, "
          f"{time.monotonic() - start:.0f} s", flush=True)
    for name, fault, wrong in bad[:20]:
        print(f"  {name}, {fault}: {'; '.join(wrong)}")
    return len(bad)
