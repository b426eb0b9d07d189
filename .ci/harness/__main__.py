"""Bad input for every command and function: it is met with one sentence, or with the right result.

python .ci/harness                     # all of it, about fifteen minutes
python .ci/harness --fast              # a sample of each kind, less than a minute
python .ci/harness --only TEXT         # cases whose target, label or kind holds TEXT
python .ci/harness --show 'blend src=None'   # one case, and what it said
"""

import argparse
import random
import shutil
import signal
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from tempfile import mkdtemp

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

import faulty  # noqa: E402
import files  # noqa: E402
import running  # noqa: E402
from case import Case, judge  # noqa: E402


def check_harness(jobs):
    "Whether the harness finds what is wrong on purpose; returns what it got wrong"
    known = {case.name: met for case, met in faulty.cases()}
    for case, outcome in running.run([case for case, _ in faulty.cases()], jobs):
        wrong = judge(case, outcome)
        if (wrong is None) != known[case.name]:
            yield f'{case.name}: {wrong or "not found"}'


def make_files(folder):
    "Good and bad files, made in a process of its own"
    case = Case('files', 'files', 'made', call=lambda: files.make(folder), seconds=300)
    [(_, outcome)] = running.run([case])
    if outcome.code:
        sys.exit(outcome.said or 'the files cannot be made')


def sample(cases, each=2):
    "A few quick cases of each kind and target, the same ones each time"
    groups, draw = defaultdict(list), random.Random(0)
    for case in cases:
        slow = case.target.startswith('train') and case.may != 'refuse' or case.endless
        if not slow and case.kind != 'accidents':
            groups[case.kind, case.target].append(case)
    for group in groups.values():
        yield from draw.sample(group, min(each, len(group)))


def table(tried, met):
    "Tried and met by kind"
    lines = [f'{"kind":<16} {"tried":>6} {"met":>6}']
    lines += [f'{kind:<16} {n:>6} {met[kind]:>6}' for kind, n in sorted(tried.items())]
    return '\n'.join([*lines, f'{"all":<16} {tried.total():>6} {met.total():>6}'])


def known():
    "The cases that are not met yet, by name"
    lines = (Path(__file__).parent / 'known.txt').read_text('utf-8').splitlines()
    return {line for line in lines if line and not line.startswith('#')}


def report(cases, jobs, show):
    "Run cases, print those that are not met and the table; yields what nobody knew"
    tried, met, targets, expected = Counter(), Counter(), defaultdict(Counter), known()
    for case, outcome in running.run(cases, jobs):
        wrong = judge(case, outcome)
        tried[case.kind] += 1
        met[case.kind] += wrong is None
        targets[case.target][wrong is None] += 1
        if wrong:
            print(f'{case.kind} | {case.name}: {wrong}\n    {case.line()[:600]}', flush=True)
        if show:
            print(f'exit code {outcome.code}, {outcome.seconds:.2f} seconds: {outcome.said}')
        if wrong and case.name not in expected:
            yield f'{case.name} is not met'
        if not wrong and case.name in expected:
            print(f'{case.name} is met: take it out of known.txt', flush=True)
    print(table(tried, met))
    print(', '.join(f'{name} {n[True]}/{n.total()}' for name, n in sorted(targets.items())))


def arguments():
    parser = argparse.ArgumentParser('harness', description=__doc__.splitlines()[0])
    parser.add_argument('--fast', action='store_true', help='a sample of each kind')
    parser.add_argument('--only', help='cases whose target, label or kind holds this')
    parser.add_argument('--show', help='one case, by its name')
    parser.add_argument('--jobs', type=int, default=2, help='processes at a time')
    return parser.parse_args()


def all_cases(folder):
    import accidents
    import inputs
    import properties
    import public

    yield from properties.cases()
    yield from public.cases(folder)
    yield from inputs.cases(folder)
    yield from accidents.cases(folder)


def chosen(how, folder):
    "The cases that are asked for"
    cases = list(all_cases(folder))
    if how.only:
        cases = [case for case in cases if how.only in f'{case.name} {case.kind}']
    if how.show:
        cases = [case for case in cases if case.name == how.show]
    return list(sample(cases)) if how.fast else cases


def main():
    sys.stdout.reconfigure(errors='backslashreplace')
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # ends the processes, too
    how, start, folder = arguments(), time.perf_counter(), Path(mkdtemp(prefix='harness_'))
    running.prepare()
    news = [f'the harness itself: {wrong}' for wrong in check_harness(how.jobs)]
    make_files(folder)
    before = running.contents(folder)
    news += report(chosen(how, folder), how.jobs, how.show)
    if running.contents(folder) != before:
        news.append('an input was changed')
    shutil.rmtree(folder, ignore_errors=True)
    print(f'{time.perf_counter() - start:.0f} seconds', *news, sep='\n')
    sys.exit(len(news) > 0)


if __name__ == '__main__':
    main()
