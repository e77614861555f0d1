"""The shapes with what is aimed at, the table that is printed, and what it is compared with."""

from dataclasses import dataclass
from pathlib import Path

from programs import Answers

EXPECTED = Path(__file__).resolve().parent / "expected.tsv"
MARGIN = 0.7  # worse than this share of what was recorded is a failure


@dataclass
class Shape:
    name: str  # of its file of requests
    title: str
    processor: float  # most, in times of the ceiling's
    processor_of_many: float  # likewise, with ten million items
    share: float | None  # least, of the floor's rate


SHAPES = [
    Shape("documents", "landing page, conformance, one collection", 1.5, 1.5, None),
    Shape("item", "item by id", 2.7, 3.5, 0.75),
    Shape("latest", "latest of a collection or a continent", 5, 6, 0.75),
    Shape("box", "1° box in one collection, whole archive", 7, 8, 0.70),
    Shape("polygon", "polygon + year + cloud < 10", 8.5, 9.5, 0.65),
    Shape("sorted", "by cloud cover, 5° box, 90 days", 9, 15, 0.60),
    Shape("hundred", "page of 100", 7, 7.5, 0.80),
    Shape("count", "count: 10° box + year + cloud < 10", 2.5, 10, None),
    Shape("filter-in", "CQL2: lists, alternatives, NOT", 9, 15, 0.60),
    Shape("filter-between", "CQL2: two ranges, 20° box, year", 7, 9, 0.65),
    Shape("filter-like", "CQL2: two patterns, 90 days", 9, 15, 0.60),
    Shape("filter-null", "CQL2: IS NULL or little cloud, 10° box, year", 9, 15, 0.60),
    Shape("filter-place", "CQL2: polygon, year, cloud < 50", 9, 10, 0.60),
    Shape("filter-computed", "CQL2: computed of columns, 10° box, 90 days", 20, 40, 0.30),
]


@dataclass
class Measured:
    """What was measured of one shape."""

    shape: Shape
    terracat: Answers
    alone: Answers  # over one connection
    ceiling: Answers
    floor: Answers | None
    mean_bytes: float

    @property
    def processor(self):
        """In times of the ceiling's."""
        return self.terracat.processor / self.ceiling.processor

    @property
    def share(self):
        """Of the floor's rate."""
        return self.terracat.rate / self.floor.rate if self.floor else None

    @property
    def processor_share(self):
        """What the floor's processor time is of terracat's: rates say little while others work."""
        return self.floor.processor / self.terracat.processor if self.floor else None

    def lines(self):
        """All that was measured."""
        yield f"{self.shape.name}: {self.mean_bytes:.0f} bytes an answer"
        yield f"  terracat        {self.terracat}"
        yield f"  one connection  {self.alone}"
        yield f"  ceiling         {self.ceiling}"
        if self.floor:
            yield f"  floor           {self.floor}"


def figure(value, digits=2):
    return "–" if value is None else f"{value:.{digits}f}"


def verdict(holds):
    return "" if holds else " **not reached**"


def row(measured, is_many):
    """A line of the table of shapes."""
    shape, answers = measured.shape, measured.terracat
    most = shape.processor_of_many if is_many else shape.processor
    processor = f"{measured.processor:.1f} (≤ {most:g}){verdict(measured.processor <= most)}"
    share = figure(measured.share)
    if shape.share is not None:
        share += f" (≥ {shape.share:g}){verdict(measured.share >= shape.share)}"
    faults = answers.refused + answers.errors
    note = f" ({faults / (answers.count + faults):.0%} refused)" if faults else ""
    return (f"| {shape.title} | {answers.rate:.0f}{note} | {answers.processor:.0f} | {processor} "
            f"| {share} | {answers.p50:.2f} / {answers.p99:.2f} "
            f"| {measured.alone.p50:.2f} / {measured.alone.p99:.2f} |")


def table(all_measured, items):
    lines = ["| shape | answers/s | server µs each | times the ceiling's | of the floor's rate "
             "| p50 / p99 ms | one connection |", "|---|---|---|---|---|---|---|"]
    lines += [row(one, items >= 10_000_000) for one in all_measured]
    return "\n".join(lines)


def summary(ingest, state, checksums):
    """The table of everything but shapes."""
    share_aim = 0.20 if checksums else 0.13
    memory = state["resident"]
    memory_aim = 100e6 + 64 * ingest.items
    start = state["seconds_to_index"]
    build = state["seconds_to_build"] / ingest.items * 1e6
    rows = [
        ("ingest, of the rate of a raw insert",
         f"{ingest.ratio:.2f} ({ingest.rate:.0f}/s of {ingest.raw_rate:.0f}/s)", "≥ 2",
         ingest.ratio >= 2),
        ("file, of the bytes of the JSON", f"{ingest.share_of_text:.3f}", f"≤ {share_aim}",
         ingest.share_of_text <= share_aim),
        ("resident memory", f"{memory / 1e6:.0f} MB", f"≤ {memory_aim / 1e6:.0f} MB",
         memory <= memory_aim),
        ("index built from the items, for each of them",
         f"{build:.2f} µs ({state['seconds_to_build']:.2f} s)", "≤ 1 µs", build <= 1),
        ("start until the index is there",
         f"{start:.2f} s ({state['seconds_to_answer']:.2f} s until it answers)", "≤ 1 s",
         start <= 1),
    ]
    rows += [(one.what, f"{one.ratio:.2f} ({one.harder:.2f} ms of {one.plain:.2f})",
              f"≤ {one.most:g}", one.ratio <= one.most) for one in state["comparisons"]]
    rows += [(one.what, one.value, one.aim, one.holds) for one in state["beside"]]
    out = ["| what | measured | aim |", "|---|---|---|"]
    out += [f"| {what} | {value}{verdict(holds)} | {aim} |" for what, value, aim, holds in rows]
    return "\n".join(out)


def recorded():
    """{name: [times the ceiling's processor time, processor_share]}; 0: there is none."""
    rows = [line.split("\t") for line in EXPECTED.read_text().splitlines()
            if line and not line.startswith("#")]
    return {name: [float(value) for value in values] for name, *values in rows}


def record(all_measured, ingest):
    lines = ["# Ratios of scripts/bench --quick --record. Worse by 30 % fails.",
             "# shape\ttimes the ceiling's processor time\tthe floor's, as a share of it"]
    lines += [f"{one.shape.name}\t{one.processor:.3g}\t{one.processor_share or 0:.3g}"
              for one in all_measured]
    lines += [f"ingest\t0\t{ingest.ratio:.3g}", f"file\t{ingest.share_of_text:.3g}\t0"]
    EXPECTED.write_text("\n".join(lines) + "\n")


def worse(name, cost, share):
    """A sentence, if it has become worse by all that was recorded of it: what slows the program
    down shows in both, other people's work on the machine seldom does. Both may be None."""
    most, least = recorded().get(name, [0, 0])
    found = []
    if most and cost is not None:
        found.append((cost > most / MARGIN, f"{cost:.3g} (recorded: {most:.3g})"))
    if least and share is not None:
        found.append((share < least * MARGIN, f"a share of {share:.3g} (recorded: {least:.3g})"))
    if found and all(is_worse for is_worse, _ in found):
        yield f"{name}: {', '.join(text for _, text in found)}"
