#!/usr/bin/env python3
"""Asks a program the cases of the conformance kit, without Node: Python 3.8 and its standard library are enough.

    python3 conformance_runner.py --exec "COMMAND" FILE...

FILE is what `pathsec conformance export` writes (JSON Lines), or a vector file of the package (spec-tests/vectors/*.json).
COMMAND is started by the shell, gets a request a line and answers a line (docs/conformance-interface.md). Exit code 0: no
case failed and at least one passed; 1: some failed; 2: wrong use, or the program cannot be started; 3: interrupted before
anything failed. It names no mistakes: for that, `pathsec conformance run`.
"""

import argparse
import hashlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress

MAX_LINE = 1 << 20
MAX_SILENT_STARTS = 5
KEPT_LISTS = ("vrps", "aspas", "routerKeys")
RECOMMENDED_LIMIT = 10_000  # of the providers of a customer, aspa-profile section 5.5


def read_cases(path):
    """The cases of a file: {id, suite, op, request, expected}, flags, other acceptable answers, whether it is about advice alone."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if '"pathsec-vectors/1"' not in text[:200]:
        cases = [json.loads(line) for line in text.splitlines() if line.strip()]
        for case in cases:
            if not {"id", "suite", "op", "request", "expected"} <= set(case):
                raise ValueError(f"{path} is not what pathsec conformance export writes")
        return cases
    vectors, cases = json.loads(text), []
    for group in vectors["groups"]:
        for case in group["cases"]:
            request = {**group.get("shared", {}), **case["input"], "id": case["id"], "suite": vectors["suite"]}
            acceptable = [other["expected"] for other in case.get("acceptable", [])]
            head = {"id": case["id"], "suite": vectors["suite"], "op": request["op"], "flags": case["flags"]}
            judged = {"expected": case["expected"], "acceptable": acceptable, "advice": is_advice(vectors, case)}
            cases.append({**head, **judged, "request": request})
    return cases


def is_advice(vectors, case):
    """Whether a wrong answer goes against advice alone (docs/decisions/conformance.md D-conformance-advice)."""
    rows = [vectors["requirements"][name] for name in case.get("requirements", [])]
    advised = [row for row in rows if row["level"].startswith(("SHOULD", "RECOMMENDED", "NOT RECOMMENDED"))]
    relying_party = any(row.get("role") == "relying-party" for row in advised)
    return advised != [] and (len(advised) == len(rows) or relying_party)


def is_named(case, texts):
    return any(case["id"].startswith(text) or text in case.get("flags", []) for text in texts)


def same(one, other):
    """Equality of JSON values: true is not 1, as it is for Python."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return one == other


def wrong_members(case, expected, answer):
    """Members that are not as expected: routes are a set, and a router may leave out lists that it does not keep, but not all."""
    kept = [key for key in KEPT_LISTS if key in answer]
    omitted = KEPT_LISTS if case["op"] == "receive" and kept else ()

    def fits(key, value):
        if key not in answer:
            return key in omitted
        if isinstance(value, dict) and value.keys() == {"over", "spki"}:
            return is_signature(answer[key], value)
        both = [value, answer[key]]
        if key == "routes" and all(isinstance(one, list) for one in both):
            both = [sorted(one, key=lambda route: json.dumps(route, sort_keys=True)) for one in both]
        return same(*both)

    return [key for key, value in expected.items() if not fits(key, value)]


P256 = 2**256 - 2**224 + 2**192 + 2**96 - 1
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
P256_BASE = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def add(one, other):
    """The sum of two points of P-256; None is the point at infinity."""
    if one is None or other is None:
        return one or other
    (x, y), (x2, y2) = one, other
    if x == x2 and y != y2:
        return None
    slope = (3 * x * x - 3) * pow(2 * y, -1, P256) if x == x2 else (y2 - y) * pow(x2 - x, -1, P256)
    sum_x = (slope * slope - x - x2) % P256
    return sum_x, (slope * (x - sum_x) - y) % P256


def multiply(factor, point):
    result = None
    for bit in bin(factor)[2:]:
        result = add(result, result)
        result = add(result, point) if bit == "1" else result
    return result


def is_signature(answered, meant):
    """Whether it is a signature over the octets by the key: ECDSA on P-256 with SHA-256, r and s in DER (RFC 8608 section 2.1)."""
    try:
        signature, point = bytes.fromhex(answered), meant["spki"][-128:]
        middle = 4 + signature[3]
        r, s = (int.from_bytes(part, "big") for part in (signature[4:middle], signature[middle + 2 :]))
    except (TypeError, ValueError, IndexError):
        return False
    integers = [value.to_bytes(value.bit_length() // 8 + 1, "big") for value in (r, s)]
    body = b"".join(bytes([2, len(octets)]) + octets for octets in integers)
    if not (0 < r < P256_ORDER and 0 < s < P256_ORDER and bytes([0x30, len(body)]) + body == signature):
        return False
    key = int(point[:64], 16), int(point[64:], 16)
    inverse = pow(s, -1, P256_ORDER)
    digest = int.from_bytes(hashlib.sha256(bytes.fromhex(meant["over"])).digest(), "big")
    total = add(multiply(digest * inverse % P256_ORDER, P256_BASE), multiply(r * inverse % P256_ORDER, key))
    return total is not None and total[0] % P256_ORDER == r


def judge(case, answer):
    """The verdict of an answer; members that the case does not expect are passed over."""
    if answer.get("unsupported") is True:
        return "unsupported", None
    if answer.get("error") is not None:
        return "error", json.dumps(answer["error"])
    wrong = wrong_members(case, case["expected"], answer)
    if not wrong:
        return "passed", None
    if any(not wrong_members(case, expected, answer) for expected in case.get("acceptable", [])):
        return "acceptable", None
    got = {key: answer[key] for key in wrong if key in answer}
    expected = {key: case["expected"][key] for key in wrong}
    return "failed", f"expected {json.dumps(expected)[:400]}, got {json.dumps(got)[:400] if got else 'nothing'}"


def needs_other_limit(case, most):
    """Whether a limit of providers decides the case that the program cannot have (docs/decisions/conformance.md D-conformance-hello)."""
    request = case["request"]
    wanted = request.get("maxProviders", RECOMMENDED_LIMIT)
    own = min(wanted, most) if isinstance(most, int) else float("inf") if most is None else RECOMMENDED_LIMIT
    unions = {}
    for aspa in request.get("aspas", []) if case["suite"] == "aspa" else []:
        unions.setdefault(aspa["customer"], set()).update(set(aspa["providers"]) - {0})
    return any((len(union) > wanted) != (len(union) > own) for union in unions.values())


def has_router_key(case):
    """Whether a Router Key is in the case: by name, or as a PDU of type 9 in what comes on a connection (RFC 8210 section 5.10)."""
    request, text = case["request"], json.dumps([case["request"], case["expected"]])
    streams = [request.get("octets", ""), "".join(request.get("queries", [])), ""]
    for step in request.get("steps", []):
        if step.get("event") == "connect":
            streams.append("")
        streams[-1] += step.get("octets", "")
    named = '"router-key"' in text or '"routerKeys": [{' in text
    return case["suite"] == "rtr" and (named or any(9 in pdu_types(stream) for stream in streams))


def pdu_types(stream):
    at = 0
    while at + 16 <= len(stream):
        yield int(stream[at + 2 : at + 4], 16)
        at += 2 * max(8, int(stream[at + 8 : at + 16], 16))


class Program:
    """The program under test, started anew whenever it has ended."""

    def __init__(self, command, timeout):
        self.command, self.timeout = command, timeout
        self.process, self.silent_starts, self.cannot_start, self.asked = None, 0, None, set()

    def start(self):
        pipe, alone = subprocess.PIPE, os.name == "posix"
        self.process = subprocess.Popen(self.command, shell=True, stdin=pipe, stdout=pipe, start_new_session=alone)
        self.requests, self.lines, self.answered = queue.Queue(), queue.Queue(64), False
        threading.Thread(target=self.read, args=(self.process.stdout, self.lines), daemon=True).start()
        threading.Thread(target=self.write, args=(self.process.stdin, self.requests), daemon=True).start()

    @staticmethod
    def read(stream, lines):
        line = b"\n"
        while line.endswith(b"\n"):  # not at the end, and not behind a line that has none
            line = stream.readline(MAX_LINE)
            lines.put(line)

    @staticmethod
    def write(stream, requests):
        """In a thread of its own, for a program may not read."""
        with suppress(OSError):  # it has ended; what it said before stands in the queue
            for request in iter(requests.get, None):
                stream.write(request)
                stream.flush()
            stream.close()

    def stop(self, patience=0):
        """Ends the program: after so many seconds in which it can do so itself, with all that it has started."""
        if self.process is None:
            return
        self.requests.put(None)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=patience)
        with suppress(OSError):  # nothing of it is left
            os.killpg(self.process.pid, signal.SIGKILL) if os.name == "posix" else self.process.kill()
        self.process.wait()
        self.process = None
        self.silent_starts = 0 if self.answered else self.silent_starts + 1

    def ask(self, request):
        """A pair: the kind of reply, and the answer or what is wrong."""
        if self.process is None:
            if self.silent_starts == MAX_SILENT_STARTS:
                return "not-asked", f"given up: {MAX_SILENT_STARTS} starts in a row answered nothing"
            self.start()
        self.requests.put(json.dumps(request).encode() + b"\n")
        self.asked.add(request["id"])
        while True:
            try:
                line = self.lines.get(timeout=self.timeout)
            except queue.Empty:
                self.stop()
                return "timeout", f"no answer in {self.timeout} seconds; output that waits in a buffer has to be flushed"
            if not line:
                return self.ended()
            try:
                answer = json.loads(line)
            except (ValueError, RecursionError):
                answer = None
            name = answer.get("id") if isinstance(answer, dict) else None
            if name == request["id"]:
                self.answered = True
                return "answer", answer
            late = isinstance(name, str) and name in self.asked
            if line.strip() and not late:
                if not line.endswith(b"\n"):
                    self.stop()
                return "garbage", f"no JSON object with the id of the request: {line[:200]!r}"

    def ended(self):
        try:
            code = self.process.wait(timeout=self.timeout)
        except subprocess.TimeoutExpired:
            code = "none: it closed its output"
        answered = self.answered
        if code in (126, 127) and not answered:
            self.cannot_start = f"exit code {code}"
        self.stop()
        return "ended" if answered and code == 0 else "crashed", f"ended before it answered, exit code {code}"


def run(program, cases, hello):
    """Yields the cases with verdict, note and answer."""
    suites, most = hello.get("suites"), hello.get("maxProviders", ...)
    operations = hello.get("operations")
    for case in cases:
        if isinstance(suites, list) and case["suite"] not in suites:
            yield case, "not-asked", "not in its suites", None
        elif isinstance(operations, list) and case["op"] not in operations:
            yield case, "not-asked", "not in its operations", None
        elif needs_other_limit(case, most):
            yield case, "not-asked", "another limit of providers than the program has", None
        elif hello.get("routerKeys") is False and has_router_key(case):
            yield case, "not-asked", "routerKeys is false", None
        else:
            kind, reply = program.ask(case["request"])
            if kind == "ended":  # in order, after an answer
                kind, reply = program.ask(case["request"])
            if program.cannot_start:
                return
            yield (case, *judge(case, reply), reply) if kind == "answer" else (case, kind, reply, None)


def remarks(results):
    """What is amiss with the answers to an operation as a whole."""
    operations = {}
    for case, verdict, _, answer in results:
        if verdict in ("passed", "acceptable", "failed"):
            operations.setdefault(case["op"], []).append((case, verdict, answer))
    for op, rows in operations.items():
        if not any(verdict == "failed" for _, verdict, _ in rows):
            continue
        for name in sorted(set.intersection(*(set(case["expected"]) for case, _, _ in rows))):
            right = {json.dumps(case["expected"][name]) for case, _, _ in rows}
            given = {json.dumps(answer[name]) for _, _, answer in rows if name in answer}
            if not given:
                yield f"{op}: no answer has `{name}`"
            elif len(given) == 1 and len(right) > 1 and len(rows) > 2:
                yield f"{op}: the same `{name}` in every answer: {given.pop()[:60]}"
            elif len(right) <= 5 and all(value.startswith('"') for value in right) and len(given - right) > 0:
                yield f"{op}: answers {', '.join(sorted(given - right)[:4])[:200]}; expected are {', '.join(sorted(right))}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--exec", required=True, dest="command", metavar="COMMAND")
    parser.add_argument("--only", action="append", default=[], metavar="TEXT", help="cases with this flag, or whose id begins so")
    parser.add_argument("--skip", action="append", default=[], metavar="TEXT", help="leave out the cases that --only would take")
    parser.add_argument("--timeout", type=float, default=10, metavar="SECONDS", help="time for one answer (10)")
    parser.add_argument("--failures", type=int, default=10, metavar="N", help="failures shown (10)")
    parser.add_argument("--strict", action="store_true", help="failures that go against advice alone (SHOULD) count too")
    parser.add_argument("--known-failures", metavar="FILE", help="ids, one a line, whose failure does not count")
    options = parser.parse_args()
    known = set()
    try:
        cases = [case for path in options.files for case in read_cases(path)]
        if options.known_failures:
            with open(options.known_failures, encoding="utf-8") as file:
                known = {line.partition("#")[0].strip() for line in file} - {""}
    except (OSError, ValueError, KeyError, TypeError) as error:
        parser.error(f"cannot read the cases: {error}")
    cases = [case for case in cases if is_named(case, options.only or [""]) and not is_named(case, options.skip)]
    if not cases:
        parser.error("no case has such an id, or all of them are skipped")

    program, results, interrupted = Program(options.command, options.timeout), [], False
    try:
        kind, reply = program.ask({"id": "hello", "op": "hello", "kit": "2"})
        hello = reply if kind == "answer" and not reply.get("unsupported") and "error" not in reply else {}
        for result in run(program, cases, hello):
            results.append(result)
    except KeyboardInterrupt:
        interrupted = True
    finally:
        program.stop(patience=0 if interrupted else 2)
    if program.cannot_start:
        print(f"cannot start: {program.cannot_start}", file=sys.stderr)
        return 2

    print("cases", len(cases), *(f"{verdict} {count}" for verdict, count in Counter(row[1] for row in results).items()))
    if interrupted:
        print(f"interrupted after {len(results)} cases")
    for text in remarks(results):
        print(f"remark: {text}")
    fine = ("passed", "acceptable")
    failures = [row for row in results if row[1] not in (*fine, "unsupported", "not-asked")]
    advice = [row for row in failures if row[1] == "failed" and row[0].get("advice") and not options.strict]
    if advice:
        print(f"{len(advice)} failures go against advice alone (SHOULD, RECOMMENDED); --strict counts them")
    counting = [row for row in failures if row[0]["id"] not in known and row not in advice]
    if known:
        passing = [row[0]["id"] for row in results if row[0]["id"] in known and row[1] in fine]
        print(f"{sum(row[0]['id'] in known for row in failures)} failures known", *(["of which pass now:", *passing] if passing else []))
    counting.sort(key=lambda row: len(json.dumps(row[0]["request"])))
    for case, verdict, note, _ in counting[: options.failures]:
        print(f"{verdict} {case['id']}: {ascii(note)[1:-1]}\n  request {json.dumps(case['request'])[:400]}")
    if len(counting) > options.failures:
        print(f"and {len(counting) - options.failures} failures more")
    if counting:
        return 1
    if interrupted:
        return 3
    return 0 if failures or any(row[1] in fine for row in results) else 1


if __name__ == "__main__":
    sys.exit(main())
