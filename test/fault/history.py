"""What clients were told, and whether it can be true.

The source hands out pages; each page has a number that only grows (its generation), and a catalogue
must hold each page whole. Every answer carries the state that it was made from: an entity tag with
epoch and sequence. From these alone `check` proves that the catalogue had one history, that nobody
was told of a state before an older one was over, and that what was acknowledged stayed.
"""

import bisect
import threading
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    began: float  # monotonic seconds, before the request was sent
    ended: float  # after the answer was read
    epoch: str
    sequence: int
    pages: tuple  # generation of each page; 0: nothing of it is there


@dataclass(frozen=True)
class Handed:
    """The source handed out a page."""

    at: float
    page: int
    generation: int


@dataclass(frozen=True)
class Acknowledged:
    """From this moment on a page is safe: the program has said so by what it asked for next."""

    at: float
    page: int
    generation: int


class History:
    """Collects. Thread-safe."""

    def __init__(self):
        self.mutex = threading.Condition()
        self.answers = []
        self.handed = []
        self.acknowledged = []
        self.wrong = []

    def add(self, event):
        place = {Answer: self.answers, Handed: self.handed, Acknowledged: self.acknowledged}
        with self.mutex:
            place[type(event)].append(event)
            self.mutex.notify_all()

    def wait_for(self, pages, patience):
        """Until somebody is told of these generations. Returns whether that was."""
        with self.mutex:
            return self.mutex.wait_for(lambda: any(
                answer.pages == pages for answer in self.answers[-200:]), patience)

    def complain(self, what):
        with self.mutex:
            self.wrong.append(what)


def pages_of(found, parts):
    """Generation of each page, from {name: generation} and the names of each page; \
    a sentence if a page is torn."""
    out = []
    for page, names in enumerate(parts):
        seen = {found.get(name, 0) for name in names}
        if len(seen) != 1:
            return f"page {page} is torn: generations {sorted(seen)}"
        out.append(seen.pop())
    return tuple(out)


def one_history(answers):
    """Each sequence stands for one content, and later ones for nothing older."""
    contents = {}
    wrong = []
    for answer in answers:
        known = contents.setdefault(answer.sequence, answer.pages)
        if known != answer.pages:
            wrong.append(f"sequence {answer.sequence} stands for {known} and for {answer.pages}")
    states = sorted(contents.items())
    for (before, old), (after, new) in zip(states, states[1:]):
        lost = [page for page in range(len(old)) if new[page] < old[page]]
        if lost:
            wrong.append(f"pages {lost} are older at sequence {after} than at {before}")
    return wrong


def in_real_time(answers):
    """Who asks after an answer was read is told of that state or a later one."""
    by_end = sorted(answers, key=lambda answer: answer.ended)
    ends = [answer.ended for answer in by_end]
    greatest = []
    for answer in by_end:
        greatest.append(max(answer.sequence, greatest[-1] if greatest else 0))
    wrong = []
    for answer in answers:
        before = bisect.bisect_left(ends, answer.began)
        if before and greatest[before - 1] > answer.sequence:
            wrong.append(f"sequence {answer.sequence} was told after {greatest[before - 1]}")
    return wrong


def nothing_made_up(answers, handed):
    """A page is of a generation that the source had handed out before the answer was read."""
    first = {}
    for one in sorted(handed, key=lambda one: one.at):
        first.setdefault((one.page, one.generation), one.at)
    return [f"page {page} of generation {generation} was never handed out"
            for answer in answers for page, generation in enumerate(answer.pages)
            if generation and first.get((page, generation), answer.ended + 1) > answer.ended]


def nothing_lost(answers, acknowledged):
    """Who asks after a page was acknowledged is told of it, or of a newer one."""
    wrong = []
    for page in {one.page for one in acknowledged}:
        ones = sorted((one for one in acknowledged if one.page == page), key=lambda one: one.at)
        times = [one.at for one in ones]
        least = []
        for one in ones:
            least.append(max(one.generation, least[-1] if least else 0))
        for answer in answers:
            before = bisect.bisect_left(times, answer.began)
            if before and answer.pages[page] < least[before - 1]:
                wrong.append(f"page {page} is of generation {answer.pages[page]} "
                             f"after {least[before - 1]} was acknowledged")
    return wrong


def check(history):
    """Everything that is wrong, in sentences."""
    answers = history.answers
    epochs = {answer.epoch for answer in answers}
    wrong = list(history.wrong)
    if len(epochs) > 1:
        wrong.append(f"epochs {sorted(epochs)} although nobody restored anything")
    return (wrong + one_history(answers) + in_real_time(answers) +
            nothing_made_up(answers, history.handed) +
            nothing_lost(answers, history.acknowledged))


# ---- The checker is checked: each of these histories is impossible, and must be found so


def told(began, ended, sequence, *pages):
    return Answer(began, ended, "e", sequence, pages)


IMPOSSIBLE = {
    "two contents of one sequence": ([told(0, 1, 5, 1, 1), told(2, 3, 5, 1, 0)], []),
    "a page that becomes older": ([told(0, 1, 5, 2, 1), told(2, 3, 6, 1, 1)], []),
    "a state that is told late": ([told(0, 1, 6, 1, 1), told(2, 3, 5, 1, 0)], []),
    "a page from nowhere": ([told(0, 1, 5, 9, 0)], []),
    "a page before it was handed out": ([told(0, 0.05, 5, 1, 0)], []),
    "an acknowledged page that is gone": ([told(3, 4, 5, 1, 0)], [Acknowledged(2, 0, 2)]),
}
HANDED = [Handed(0.1, page, generation) for page in (0, 1) for generation in (1, 2)]


def prove():
    """The checker finds what cannot be, and lets pass what can. Returns what it gets wrong."""
    def verdict(answers, acknowledged, epoch="e"):
        history = History()
        history.answers, history.handed, history.acknowledged = answers, HANDED, acknowledged
        return check(history)
    wrong = [f"the checker passes {name}" for name, (answers, acknowledged) in IMPOSSIBLE.items()
             if not verdict(answers, acknowledged)]
    possible = [told(0, 1, 5, 1, 0), told(0.5, 2, 6, 1, 1), told(1.5, 3, 6, 1, 1),
                told(1.6, 1.7, 5, 1, 0), told(4, 5, 7, 2, 1)]
    complaints = verdict(possible, [Acknowledged(0.2, 0, 1), Acknowledged(3.5, 0, 2)])
    if complaints:
        wrong.append(f"the checker complains of what can be: {complaints}")
    if not verdict([told(0, 1, 5, 1, 0), Answer(2, 3, "f", 6, (1, 0))], []):
        wrong.append("the checker passes another epoch")
    return wrong
