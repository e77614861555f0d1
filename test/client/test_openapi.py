"""Schemathesis over each OpenAPI document: what it describes is what is answered, and nothing else.

Left out is whether all that a schema allows is accepted: filters, date-times and tokens have grammars
of their own, of which JSON Schema knows nothing.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from conftest import KEY, Site

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
SETTINGS = """
hooks = "hooks"

# TRACE is no method here at all (501).
[phases.coverage]
unexpected-methods = ["DELETE", "PATCH", "PUT"]
"""
# Of an object, and of a list within a list, its keys are sent, or it as Python writes it, which is a
# text like any other; one that is empty counts as absent.
HOOKS = """
import schemathesis

def is_flat(value):
    return isinstance(value, (str, int, float)) and "{'" not in str(value) and "[" not in str(value)

@schemathesis.hook
def filter_query(context, query):
    return all(is_flat(value) or (isinstance(value, list) and value and all(map(is_flat, value)))
               for value in (query or {}).values())
"""


def document(address):
    """The document without the greatest limits: more counts as the greatest (OGC 17-069r4 7.15.2)."""
    found = requests.get(address, timeout=30).json()
    for operations in found["paths"].values():
        for operation in operations.values():
            for parameter in operation["parameters"]:
                if parameter["name"] == "limit":
                    del parameter["schema"]["maximum"]
    return found


def check(document, url, folder, *arguments):
    (folder / "openapi.json").write_text(json.dumps(document))
    (folder / "schemathesis.toml").write_text(SETTINGS)
    (folder / "hooks.py").write_text(HOOKS)
    return subprocess.run(
        [SCHEMATHESIS, "--config-file", "schemathesis.toml", "run", "openapi.json", "--url", url,
         "--checks", "all", "--exclude-checks", "positive_data_acceptance", "--seed", "1",
         "--phases", "coverage,fuzzing", "--max-examples", "2", "--no-color", *arguments],
        cwd=folder, capture_output=True, text=True, timeout=240,
        env={**os.environ, "HOME": str(folder)})


@pytest.mark.parametrize("root", ["", "/stac", "/features", "/records"])
def test_answers_are_those_of_the_document(site, root, tmp_path):
    url = site.url + root
    done = check(document(url + "/api"), url, tmp_path)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]


@pytest.fixture(scope="module")
def with_pole(tmp_path_factory):
    made = Site(tmp_path_factory.mktemp("pole"), pole="land")
    yield made
    made.stop()


@pytest.mark.parametrize("root", ["stac", "features", "records"])
def test_answers_of_a_pole_are_those_of_its_document(with_pole, root, tmp_path):
    url = f"{with_pole.url}/poles/land/{root}"
    described = document(url + "/api")
    assert [one["url"] for one in described["servers"]] == [url]
    done = check(described, url, tmp_path)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]


def test_what_is_written_is_answered_as_the_document_says(writable, tmp_path):
    described = document(writable.stac + "/api")
    paths = {path: {method: operation for method, operation in operations.items()
                    if "security" in operation}
             for path, operations in described["paths"].items()}
    described["paths"] = {path: operations for path, operations in paths.items() if operations}
    assert {method for operations in described["paths"].values() for method in operations} == {
        "post", "put", "patch", "delete"}
    done = check(described, writable.stac, tmp_path, "--header", "X-API-Key: " + KEY)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]


def test_what_a_document_does_not_say_is_found(site, tmp_path):
    """The control: a document that promises another answer must fail."""
    url = site.url + "/records"
    promised = document(url + "/api")
    paths = {path: promised["paths"][path] for path in ["/conformance"]}
    promised["paths"] = paths
    content = paths["/conformance"]["get"]["responses"]["200"]["content"]
    content["application/json"]["schema"] = {"type": "array"}
    done = check(promised, url, tmp_path)
    assert done.returncode == 1, done.stdout[-8000:]
    assert "Response violates schema" in done.stdout
