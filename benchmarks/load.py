"""make load: readers who all ask at once, each in a session of its own, as the chat's own server sees them.

Prints how long each waited from pressing Enter to the answer on the wire, and fails where the 95th percentile is above the
limit, the first answer after the start came late or a session failed; also the processor time that the server spent meanwhile, which other work on the machine hardly
lengthens: tests/app/test_load.py holds that to the same limit. Sessions speak Streamlit's protocol over websockets: twenty browsers would measure themselves.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from store.settings import ROOT, settings

READERS, ROUNDS, LIMIT = 20, 3, 2.0  # the limit is seconds at the 95th percentile
START_LIMIT = 6.0  # seconds from the command to the first answer
MANIFEST = ROOT / "corpus" / "manifest.json"
PATIENCE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Server:
    """A chat of its own: where it listens, and its process."""

    port: int
    process: int

    def worked(self) -> float:
        """The seconds of processor time that it has spent."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Waited:
    """What a reader waited for an answer: seconds, and seconds of the server's processor time within them."""

    seconds: float
    worked: float


class Reader:
    """A session of the chat: opened, it knows the question box; `ask` returns what passed until its answer came."""

    def __init__(self, server: Server) -> None:
        self._opened = ExitStack()
        self._server = server
        address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
        stream = connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None, open_timeout=PATIENCE)
        self._socket: ClientConnection = self._opened.enter_context(stream)
        self._hashes: dict[str, ForwardMsg] = {}
        self._box = ""
        self._run(BackMsg())

    def ask(self, question: str) -> Waited:
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self._box
        state.chat_input_value.data = question
        return self._run(message)

    def close(self) -> None:
        self._opened.close()

    def _run(self, message: BackMsg) -> Waited:
        """Runs the script; what passed until an answer was on the wire, or until the end where there was none."""
        message.rerun_script.query_string = ""
        started, worked = time.perf_counter(), self._server.worked()
        self._socket.send(message.SerializeToString())
        answered: Waited | None = None
        while True:
            told = self._received()
            kind = told.WhichOneof("type")
            if kind == "delta":
                element = told.delta.new_element
                if element.HasField("chat_input"):
                    self._box = element.chat_input.id
                if element.HasField("html") and 'class="mz-answer' in element.html.body:
                    answered = Waited(time.perf_counter() - started, self._server.worked() - worked)
                if element.HasField("exception"):
                    raise RuntimeError(element.exception.message)
            elif kind == "script_finished":
                return answered or Waited(time.perf_counter() - started, self._server.worked() - worked)

    def _received(self) -> ForwardMsg:
        """The next message; one that was sent before comes as its hash alone."""
        message = ForwardMsg()
        message.ParseFromString(self._socket.recv(timeout=PATIENCE))
        if message.WhichOneof("type") == "ref_hash":
            kept = ForwardMsg()
            kept.CopyFrom(self._hashes[message.ref_hash])
            return kept
        if message.hash:
            self._hashes[message.hash] = message
        return message


def first_answer(server: Server, question: str) -> float:
    """The seconds of processor time that a chat just started has spent when its first answer is on the wire."""
    reader = Reader(server)
    reader.ask(question)
    reader.close()
    return server.worked()


def all_at_once(server: Server, readers: int, rounds: int, questions: Sequence[str]) -> list[Waited]:
    """What each of the readers waited, in rounds that all begin together. A session that fails raises."""
    barrier = Barrier(readers)

    def sit(number: int) -> list[Waited]:
        reader = Reader(server)
        waited = []
        for turn in range(rounds):
            barrier.wait(PATIENCE)
            waited.append(reader.ask(questions[(number + turn) % len(questions)]))
        reader.close()
        return waited

    with ThreadPoolExecutor(readers) as pool:
        return [once for waited in pool.map(sit, range(readers)) for once in waited]


@contextmanager
def chat(store: Path) -> Iterator[Server]:
    """A chat server of its own over a copy of this store: what is asked of it is nobody's conversation."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1"]
    with TemporaryDirectory() as folder:
        copied = shutil.copytree(store, Path(folder) / "store", ignore=shutil.ignore_patterns("chat.db*"))
        environment = {**os.environ, "MINGZHANG_STORE": str(copied), "MINGZHANG_QUESTION_RATE": "100000/minute"}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait_until_ready(port)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_until_ready(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, TimeoutError):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def percentile(seconds: Sequence[float], share: float) -> float:
    """The value that so large a share of the values does not exceed."""
    ordered = sorted(seconds)
    return ordered[max(0, ceil(share * len(ordered) - 1e-9) - 1)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--readers", type=int, default=READERS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    questions = [question for entry in json.loads(MANIFEST.read_text("utf-8")) for question in entry["questions"]]
    begun = time.perf_counter()
    with chat(settings().store) as server:
        worked = first_answer(server, questions[0])
        started = time.perf_counter() - begun
        all_at_once(server, 1, len(questions), questions)  # a warm start: the documents asked about are in memory
        waited = all_at_once(server, asked.readers, asked.rounds, questions)
    seconds = [once.seconds for once in waited]
    high, busy = percentile(seconds, 0.95), percentile([once.worked for once in waited], 0.95)
    print(f"started and first answer in {started:.1f} s, {worked:.1f} s of processor time (limit {START_LIMIT} s)")
    print(f"{asked.readers} readers at once, {asked.rounds} rounds: {len(waited)} answers, no error")
    print(
        f"median {statistics.median(seconds):.2f} s, 95th percentile {high:.2f} s, longest {max(seconds):.2f} s (limit {LIMIT} s at the 95th)"
    )
    print(f"of it the server worked {busy:.2f} s of processor time at the 95th percentile")
    return int(high > LIMIT or started > START_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
