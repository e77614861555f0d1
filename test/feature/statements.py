"""The statements that the program gives to SQLite, and the literals that they may be made of."""

import ast
import re

from terracat import ROOT

STORE = ROOT / "src/store/sqlite"
LITERAL = re.compile(r'(?<![\w\'])"((?:[^"\\\n]|\\.)*)"')
RAW = re.compile(r'R"(\w*)\((.*?)\)\1"', re.S)


def fragments():
    """Each string literal of the store's source; neighbours that the compiler joins are two."""
    found = {"?"}  # the only text that a value leaves
    for path in [*STORE.glob("*.cpp"), *STORE.glob("*.hpp")]:
        code = path.read_text()
        found |= {raw for _, raw in RAW.findall(code)}
        code = re.sub(r"//.*", "", RAW.sub("", code))
        found |= {ast.literal_eval(f'"{text}"') for text in LITERAL.findall(code)}
    return found - {""}


class Fragments:
    def __init__(self):
        self.by_start = {}
        for fragment in fragments():
            self.by_start.setdefault(fragment[:1], []).append(fragment)

    def make(self, statement):
        """Whether the statement is fragments, one after the other, and nothing else."""
        reached = [True] + [False] * len(statement)
        for place in range(len(statement)):
            if reached[place]:
                for fragment in self.by_start.get(statement[place], []):
                    if statement.startswith(fragment, place):
                        reached[place + len(fragment)] = True
        return reached[-1]
