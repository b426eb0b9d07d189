"Commands and functions that are wrong on purpose: the harness must find each of them."

import os
import sys
import time
from pathlib import Path
from tempfile import mkstemp

import numpy as np

from case import Case


def _refuse(*lines, code=2):
    for line in lines:
        print(line, file=sys.stderr)
    sys.exit(code)


def _traces_back():
    return 1 / 0


def _accepts():
    Path('blended.png').write_bytes(b'')


def _is_silent():
    _refuse()


def _names_nothing():
    _refuse('it: something is wrong')


def _talks():
    _refuse('it: --sigma is 0', 'and more', 'and more')


def _ends_with_one():
    _refuse('it: --sigma is 0: it must be above 0', code=1)


def _hangs():
    time.sleep(60)


def _dies():
    os.abort()


def _leaves_a_folder():
    Path('made').mkdir()
    _refuse('it: --sigma is 0: it must be above 0')


def _leaves_a_temporary_file():
    mkstemp(dir=os.environ['TMPDIR'])
    _refuse('it: --sigma is 0: it must be above 0')


def _changes_its_input():
    Path('input').write_text('other')
    _refuse('it: --sigma is 0: it must be above 0')


def _prints_a_traceback():
    _refuse('Traceback (most recent call last): it: --sigma is 0')


def _is_right():
    _refuse('it: --sigma is 0: it must be above 0')


faults = (
    _traces_back,
    _accepts,
    _is_silent,
    _names_nothing,
    _talks,
    _ends_with_one,
    _hangs,
    _dies,
    _leaves_a_folder,
    _leaves_a_temporary_file,
    _changes_its_input,
    _prints_a_traceback,
)


def _differs(result):
    return None if np.array_equal(result, np.zeros(3)) else 'another result'


def _command(function):
    return Case(
        'faulty',
        'it',
        function.__name__,
        argv=['--sigma=0'],
        entry=function,
        seconds=2,
        names=('--sigma',),
        before=lambda: Path('input').write_text('as it was'),
    )


def cases():
    "Cases, and whether each is met"
    yield from ((_command(function), False) for function in faults)
    yield _command(_is_right), True

    def call(label, function, **how):
        return Case('faulty', 'f', label, call=function, **how)

    yield call('raises TypeError', lambda: None + 1), False
    yield call('accepts', lambda: 1), False
    yield call('returns something else', lambda: np.ones(3), may='work', right=_differs), False
    yield call('is right', lambda: np.zeros(3), may='work', right=_differs), True
