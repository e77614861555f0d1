"""Backups and restores under faults: there is never no catalogue, and never half a backup under a
backup's name."""

import json
import os
import shutil

import program
from documents import NEW, OLD, item

BACKUP = f"copy-of-{program.STORE}"  # the shim watches names with that of the catalogue in it


def documents(names, time_of):
    return "".join(item(name, time_of) + "\n" for name in names)


def must(folder, *arguments):
    done = program.run(folder, *arguments)
    if done.code != 0:
        raise RuntimeError(f"{arguments} fails by itself: {done.errors}")
    return done.said


class Copy:
    """A command over a catalogue and a backup of an earlier state of it."""

    name = ""
    commits = 0

    def __init__(self, template, old, new):
        self.template = template
        self.old = old  # what the backup exports
        self.new = new  # what the catalogue exports
        self.operations = 0

    def prepare(self, folder):
        shutil.copytree(self.template, folder)

    def run(self, fault, folder):
        return program.run_under(fault, folder, self.name, BACKUP)

    def measure(self, folder):
        self.prepare(folder)
        outcome = self.run(program.NOTHING, folder)
        wrong = self.judge(program.NOTHING, folder, outcome)
        if outcome.code != 0 or wrong:
            raise RuntimeError(f"{self.name} fails by itself: {outcome} {wrong}")
        self.operations = outcome.operations


class Restore(Copy):
    name = "restore"

    def judge(self, fault, folder, outcome):
        if not (folder / program.STORE).exists():
            return ["there is no catalogue"]
        # Whoever writes next completes what was begun.
        written = program.run(folder, "import", "/dev/null")
        if written.code not in (0, 1):
            return [f"cannot be written any more: {written.errors[:300]}"]
        checked = program.run(folder, "check")
        exported = program.run(folder, "export")
        if "sound" not in checked.said or exported.code != 0:
            return [f"is not sound: {(checked.said + checked.errors)[:300]}"]
        if exported.said not in (self.old, self.new):
            return ["holds neither the backup nor what was there"]
        if outcome.code == 0 and exported.said != self.old:
            return ["is not the backup, though the restore says so"]
        again = program.run(folder, "restore", BACKUP)
        if again.code != 0 or program.run(folder, "export").said != self.old:
            return [f"cannot be restored again: {again.errors[:300]}"]
        return []


class Backup(Copy):
    name = "backup"

    def judge(self, fault, folder, outcome):
        if program.run(folder, "export").said != self.new:
            return ["the catalogue is not what it was"]
        manifest = folder / (BACKUP + ".json")
        try:
            json.loads(manifest.read_text()) if manifest.exists() else None
        except ValueError:
            return ["the manifest is half written"]
        other = folder / "other"
        other.mkdir()
        restored = program.run(other, "restore", folder / BACKUP)
        if restored.code != 0:
            return [f"the backup is none: {restored.errors[:300]}"]
        kept = program.run(other, "export").said
        if kept not in (self.old, self.new):
            return ["the backup holds neither the old nor the new state"]
        if outcome.code == 0 and kept != self.new:
            return ["the backup is not the new state, though the command says so"]
        again = program.run(folder, "backup", BACKUP)
        if again.code != 0 or any(name.endswith(".part") for name in os.listdir(folder)):
            return [f"cannot be made again: {again.errors[:300]}"]
        return []


def both(folder):
    template = folder / "template-copies"
    template.mkdir(parents=True)
    (template / "old.ndjson").write_text(documents([f"i{n:05}" for n in range(60)], OLD))
    (template / "new.ndjson").write_text(documents([f"j{n:05}" for n in range(60)], NEW))
    must(template, "import", "old.ndjson")
    old = must(template, "export")
    must(template, "backup", BACKUP)
    must(template, "import", "new.ndjson")
    new = must(template, "export")
    return Backup(template, old, new), Restore(template, old, new)
