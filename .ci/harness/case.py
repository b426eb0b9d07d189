"A case: something bad, or unusual, that is given to a command or a function; and what may happen."

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

most = 400  # characters of a sentence, without paths


@dataclass
class Case:
    kind: str  # of the input
    target: str  # command or function
    label: str  # what is bad about it
    argv: list | None = None  # of a command
    call: Callable | None = None  # of a function
    names: tuple = ()  # the sentence must hold one of these
    may: str = 'refuse'  # 'refuse', 'work' or 'either'
    right: Callable | None = None  # of what a function returned: what is wrong with it, or None
    outputs: tuple = ()  # what a command may write, files and folders
    keeps: tuple = ()  # what a refusal may leave behind, such as what is downloaded already
    before: Callable | None = None  # called in the scratch folder
    after: Callable | None = None  # called there when the command has ended well: as `right`
    endless: bool = False  # whether working until the time is up is right, as for a page
    file_limit: int | None = None  # bytes that a file may have: a disk that is full
    exit_codes: tuple = (2,)  # of a refusal
    lines: int = 1  # of the refusal, at most
    seconds: float = 20
    real: bool = False  # run as a process of its own, as a user would
    entry: Callable | None = None  # what to call instead of the command of that name

    @property
    def name(self):
        return f'{self.target} {self.label}'

    def line(self):
        "How to see it again"
        if self.argv is None:
            return f'python .ci/harness --show {shlex.quote(self.name)}'
        return shlex.join([self.target, *map(str, self.argv)])


@dataclass
class Outcome:
    code: int | None = None  # exit code of a command; None: it was killed, or the time was up
    said: str = ''  # on stderr, or the message of an `InputError`
    wrong: str | None = None  # what a check of the result says
    error: str | None = None  # the type of an exception other than `InputError`
    late: bool = False
    left: list = field(default_factory=list)  # what lies in the scratch and temporary folders
    changed: list = field(default_factory=list)  # what was there before and is another now
    seconds: float = 0


def _sentence(case, outcome):
    "What is wrong with a refusal, or None"
    lines = [line for line in outcome.said.splitlines() if line.strip() and not _progress(line)]
    if not lines:
        return 'refused without a word'
    if len(lines) > case.lines:
        return f'{len(lines)} lines: {lines[0][:80]} … {lines[-1][:80]}'
    if 'Traceback' in outcome.said:
        return 'a traceback'
    if len(re.sub(r'\S*/\S*', '', lines[-1])) > most:
        return f'a line of {len(lines[-1])} characters'
    if not lines[-1].isprintable():
        return f'control characters: {lines[-1]!r}'
    if not any(name in outcome.said for name in case.names or ('',)):
        return f'names none of {", ".join(case.names)}: {lines[-1]}'


def _progress(line):
    "Whether a line is a bar of progress, or a note about what is left out"
    return bool(
        re.search(r'\d+%\|| \[\d\d:\d\d|^\S+: \d+.*(?:it|B|file)/s', line)
        or line.startswith(('left out: ', 'note: '))
    )


def _untidy(outcome, allowed):
    "What was left behind, or None"
    for names, what in ((outcome.left, 'left behind'), (outcome.changed, 'changed')):
        more = [n for n in names if not any(Path(n).is_relative_to(kept) for kept in allowed)]
        if more:
            return f'{what}: {", ".join(more[:4])}'


def judge(case, outcome):
    "What is wrong with an outcome, or None if it is met"
    if outcome.late:
        return None if case.endless else f'not done in {case.seconds:g} seconds'
    if outcome.error:
        return f'{outcome.error}: {outcome.said.strip().splitlines()[-1][:160]}'
    if outcome.code is None:
        return 'died'
    if outcome.code == 0:
        if case.may == 'refuse':
            return 'accepted'
        return outcome.wrong or _untidy(outcome, case.outputs)
    if case.may == 'work':
        return f'refused: {outcome.said.strip()[:200]}'
    if outcome.code not in case.exit_codes:
        return f'exit code {outcome.code}: {outcome.said[-200:]}'
    allowed = case.outputs if outcome.code == 1 else case.keeps
    return _sentence(case, outcome) or _untidy(outcome, allowed)
