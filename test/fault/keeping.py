"""A server that writes what it has of its index when it ends, under faults: whatever is left of that, the
next one answers right."""

import shutil
import threading

import damage
import program
from documents import NEW, OLD, items


def must(folder, *arguments):
    done = program.run(folder, *arguments)
    if done.code != 0:
        raise RuntimeError(f"{arguments} fails by itself: {done.errors}")


class Keep:
    """Most of the index is kept; a command has changed items since."""

    name = "keep"
    commits = 0

    def __init__(self, folder):
        self.template = folder / "template-keep"
        self.template.mkdir()
        self.answers = None
        self.operations = 0
        path = self.template / "items.ndjson"
        items(path, 120, OLD)
        must(self.template, "import", path.name)
        damage.serve(self.template)  # keeps what there is
        items(path, 40, NEW)
        must(self.template, "import", path.name)

    def prepare(self, folder):
        shutil.copytree(self.template, folder)

    def run(self, fault, folder):
        outcome = program.run_under(fault, folder, "serve", "--listen", "127.0.0.1:0",
                                    attend=self.stop_when_built)
        # Its log may say much; what counts is why it ended.
        outcome.errors = "".join(line + "\n" for line in outcome.errors.splitlines()
                                 if line.startswith("terracat: ") or "store.io_error" in line)
        return outcome

    @staticmethod
    def stop_when_built(process):
        watch = threading.Timer(program.PATIENCE, process.kill)
        watch.start()
        read = ""
        while (line := process.stderr.readline()) and "index.built" not in line:
            read += line
        process.terminate()
        watch.cancel()
        return read + line

    def measure(self, folder):
        self.prepare(folder)
        outcome = self.run(program.NOTHING, folder)
        self.answers, _, errors = damage.serve(folder)
        if outcome.code != 0 or '"from":"segments","changes":0' not in errors:
            raise RuntimeError(f"{self.name} does not do its work: {outcome} {errors}")
        self.operations = outcome.operations

    def judge(self, fault, folder, outcome):
        checked = program.run(folder, "check")
        if "sound" not in checked.said:
            return [f"is not sound: {(checked.said + checked.errors)[:300]}"]
        answers, code, errors = damage.serve(folder)
        if code != 0 or answers != self.answers:
            return [f"does not answer as before, ends with {code}: {errors[-300:]}"]
        return [] if fault.lie or damage.serve(folder)[0] == answers else ["answers change"]
