"Runs cases in processes that are forked when all is imported, each in folders of its own."

import configparser
import importlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import traceback
from dataclasses import asdict
from functools import reduce
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from case import Outcome

root = Path(__file__).resolve().parents[2]
memory = 12 << 30  # bytes of address space: what asks for all the memory fails alone


def entries():
    "The commands of settings.ini: name -> module and attribute"
    settings = configparser.ConfigParser(interpolation=None)
    settings.read(root / 'settings.ini', 'utf-8')
    lines = settings['DEFAULT']['console_scripts'].split()
    return {name: place.split(':') for name, place in (line.split('=') for line in lines)}


def entry(command):
    "What a command's console script calls"
    module, attribute = entries()[command]
    return reduce(getattr, attribute.split('.'), importlib.import_module(module))


def prepare():
    "Import what commands need, once for all processes; what is missing, they miss too"
    for module, _ in entries().values():
        importlib.import_module(module)
    importlib.import_module('gpgan.cli').hush_tensorflow()
    rooms = {entry(command).args[1] for command in entries()} | {'large', 'blending', 'baselines'}
    for room in rooms - {None}:
        try:
            importlib.import_module(f'gpgan.{room}')
        except ImportError:
            pass


def contents(folder):
    "Each file with a checksum, each folder and link, by its path"
    found = {}
    for path in sorted(Path(folder).rglob('*')):
        name = path.relative_to(folder).as_posix()
        plain = path.is_file() and not path.is_symlink()
        found[name] = sha256(path.read_bytes()).hexdigest() if plain else path.is_dir()
    return found


def _run_command(case, outcome):
    "Call a command's entry as its console script does"
    sys.argv = [case.target, *map(str, case.argv)]
    try:
        (case.entry or entry(case.target))()
        outcome.code = 0
    except SystemExit as e:
        outcome.code = e.code if isinstance(e.code, int) else int(bool(e.code))
    if outcome.code == 0 and case.after:
        outcome.wrong = case.after()


def _run_process(case, outcome):
    "Run a command as a user would"
    module, attribute = entries()[case.target]
    code = f'import sys, {module} as it; it.{attribute}()'
    done = subprocess.run([sys.executable, '-c', code, *map(str, case.argv)], cwd=Path.cwd())
    outcome.code = done.returncode
    if outcome.code == 0 and case.after:
        outcome.wrong = case.after()


def _run_call(case, outcome):
    "Call a function; `InputError` counts as exit code 2"
    from gpgan import InputError

    try:
        result = case.call()
        outcome.code = 0
        if case.right:
            outcome.wrong = case.right(result)
    except InputError as e:
        outcome.code = 2
        print(f'[{e.argument or ""}] {e}', file=sys.stderr)


def _limit(kind, size):
    resource.setrlimit(kind, (size, resource.getrlimit(kind)[1]))


def _attempt(case, outcome):
    "Run a case under its limits; what nobody expected is written down"
    run = _run_call if case.call else _run_process if case.real else _run_command
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, memory)
    if case.file_limit is not None:
        _limit(resource.RLIMIT_FSIZE, case.file_limit)
    try:
        run(case, outcome)
    except BaseException as e:
        traceback.print_exc()
        outcome.code, outcome.error = 1, f'{type(e).__name__} ({str(e)[:100]})'
    _limit(resource.RLIMIT_FSIZE, resource.RLIM_INFINITY)


def _speak(pipe):
    "Let stdout of this process go nowhere, and stderr into a pipe, which no full disk stops"
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(pipe, 2)
    sys.stdout, sys.stderr = (
        os.fdopen(k, 'w', 1, 'utf-8', 'backslashreplace', closefd=False) for k in (1, 2)
    )


def _child(case, home):
    "In a process of its own: run the case and write down what happened"
    outcome, start = Outcome(), time.perf_counter()
    os.chdir(home / 'here')
    os.environ['TMPDIR'] = str(home / 'tmp')
    if case.before:
        case.before()
    before = contents('.')
    _attempt(case, outcome)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    now = contents(home / 'here')
    outcome.left = [name for name in now if name not in before]
    outcome.left += [f'tmp/{name}' for name in contents(home / 'tmp')]
    outcome.changed = [name for name in before if now.get(name) != before[name]]
    outcome.seconds = time.perf_counter() - start
    (home / 'outcome').write_text(json.dumps(asdict(outcome)))


class _Process:
    "A process that runs a case"

    def __init__(self, case):
        self.case, self.home, self.said = case, Path(mkdtemp(prefix='case_')), b''
        for part in ('here', 'tmp'):
            (self.home / part).mkdir()
        self.end = time.monotonic() + case.seconds
        self.pipe, theirs = os.pipe()
        os.set_blocking(self.pipe, False)
        self.number = os.fork()
        if not self.number:
            self._work(theirs)
        os.close(theirs)

    def _work(self, pipe):
        "What the new process does"
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        try:
            _speak(pipe)
            _child(self.case, self.home)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(0)

    def hear(self):
        "Take in what was said"
        try:
            while piece := os.read(self.pipe, 1 << 16):
                self.said += piece
        except BlockingIOError:
            pass

    def ended(self):
        "None while it works, else whether the time was up"
        self.hear()
        done, _ = os.waitpid(self.number, os.WNOHANG)
        late = not done and time.monotonic() > self.end
        if not done and not late:
            return None
        _kill(self.number)
        if late:
            os.waitpid(self.number, 0)
        return late

    def outcome(self, late):
        "What it has left about its case"
        self.hear()
        os.close(self.pipe)
        file = self.home / 'outcome'
        found = json.loads(file.read_text()) if file.exists() else dict(late=late)
        shutil.rmtree(self.home, ignore_errors=True)
        return Outcome(**found | dict(said=self.said.decode('utf-8', 'replace')))


def _kill(number):
    "End a process and those that it started"
    try:
        os.killpg(number, signal.SIGKILL)
    except ProcessLookupError:
        pass


def run(
    cases,  # to run
    jobs=2,  # at a time
):  # yields each case with its `Outcome`, as they end
    "Run cases, each with a time limit"
    waiting, running = list(reversed(cases)), []
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                running.append(_Process(waiting.pop()))
            for process in list(running):
                late = process.ended()
                if late is not None:
                    running.remove(process)
                    yield process.case, process.outcome(late)
            time.sleep(0.002)
    finally:
        for process in running:
            _kill(process.number)
