"""Run notebooks as Colab would.

Each from an empty folder, with what Colab has and what the notebook's own install cell adds:

python .ci/colab.py [--slow] [--gpu] [--download] [--keep FOLDER] [NOTEBOOK...]

A wheel of the working tree stands in for the repository that the install cells name; nothing else
is changed. Each notebook gets an environment of its own on top of a common one. Cells flagged slow,
gpu or download run only if asked for.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

root = Path(__file__).resolve().parent.parent
text = (root / 'settings.ini').read_text(encoding='utf-8')
settings = dict(re.findall(r'^(\w+) *= *(.*)$', text, re.M))
source = f"git+https://github.com/{settings['user']}/{settings['repo']}"
minutes = 10 # a notebook may take
colab = [ # of what Colab has, all that is needed here
    'tensorflow', 'matplotlib', 'pandas', 'ipykernel', 'nbclient', 'fastcore>=2']
startup = "import sys, types; sys.modules['google.colab'] = types.ModuleType('google.colab')"
flags = ('slow', 'gpu', 'download')


def is_skipped(cell, skip):
    "Whether a cell is not to be run"
    marks = '|'.join([*map(re.escape, skip), r'eval: *false'])
    return cell.cell_type != 'code' or re.search(rf'^#\| *({marks})\b', cell.source, re.M)


def execute(path, skip):
    "In a notebook's own environment: run its cells, one kernel"
    import nbclient
    import nbformat
    notebook = nbformat.read(path, 4)
    client = nbclient.NotebookClient(notebook, timeout=60 * minutes, kernel_name='python3')
    with client.setup_kernel():
        for k, cell in enumerate(notebook.cells):
            if not is_skipped(cell, skip): client.execute_cell(cell, k)


def run(*command, **options):
    return subprocess.run([str(c) for c in command], check=True, **options)


def prepare(work):
    "The wheel and the common environment; returns the wheel and the folder of its packages"
    pip = sys.executable, '-m', 'pip'
    run(*pip, 'wheel', '-q', '--no-deps', '--wheel-dir', work / 'wheel', root)
    base, startups = work / 'colab', work / 'ipython/profile_default/startup'
    if not base.exists():
        run(sys.executable, '-m', 'venv', base)
        run(base / 'bin/python', '-m', 'pip', 'install', '-q', *colab)
    packages, = base.glob('lib/python*/site-packages')
    startups.mkdir(parents=True, exist_ok=True)
    (startups / '00-colab.py').write_text(startup)
    return next((work / 'wheel').glob('*.whl')), packages


def environment(work):
    "The variables that a notebook sees"
    variables = os.environ | {
        'IPYTHONDIR': str(work / 'ipython'), 'PIP_DISABLE_PIP_VERSION_CHECK': '1',
        'MPLBACKEND': 'module://matplotlib_inline.backend_inline'}
    variables.pop('PYTHONPATH', None)
    return variables


def own_python(name, scratch, packages):
    "An environment of a notebook's own: its Python, and the folder of its packages"
    own = scratch / 'own' / name
    run(sys.executable, '-m', 'venv', '--clear', '--without-pip', own)
    site, = own.glob('lib/python*/site-packages')
    (site / 'colab.pth').write_text(str(packages))
    return own / 'bin/python', site


def try_notebook(path, work, scratch, wheel, packages, skip):
    "Run a notebook in an empty folder; returns what went wrong, or nothing"
    name = path.relative_to(root / 'nbs').with_suffix('').as_posix().replace('/', '-')
    python, site = own_python(name, scratch, packages)
    folder = scratch / 'empty' / name
    folder.mkdir(parents=True)
    copy, text = folder / path.name, path.read_text(encoding='utf-8')
    copy.write_text(text.replace(source, wheel.as_uri()), encoding='utf-8')
    command = [python, __file__, '--execute', copy, *(f'--{f}' for f in flags if f not in skip)]
    how = dict(cwd=folder, env=environment(work), capture_output=True, text=True)
    tried = subprocess.run(command, **how)
    known = {'tensorflow', 'keras', 'numpy', 'pandas', 'matplotlib', 'ipykernel'}
    replaced = ', '.join(sorted(known & {p.name for p in site.iterdir()}))
    if replaced: return f'its install cell replaces {replaced}, which asks for a restart'
    return re.sub(r'\x1b\[[\d;]*m', '', tried.stderr.strip())[-2000:] if tried.returncode else ''


def arguments():
    "What the command line says"
    how = dict(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser = argparse.ArgumentParser(**how)
    parser.add_argument('notebooks', nargs='*', type=Path, help='default: all')
    keep = 'a folder for the common environment, to use it again'
    parser.add_argument('--keep', type=Path, help=keep)
    parser.add_argument('--execute', type=Path, help=argparse.SUPPRESS)
    for flag in flags:
        says = f'run the cells flagged {flag}, too'
        parser.add_argument(f'--{flag}', action='store_true', help=says)
    return parser.parse_args()


def main():
    args, failed = arguments(), 0
    skip = [flag for flag in flags if not getattr(args, flag)]
    if args.execute: return execute(args.execute, skip)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        work = (args.keep or scratch).resolve()
        wheel, packages = prepare(work)
        for path in args.notebooks or sorted((root / 'nbs').rglob('*.ipynb')):
            start = time.monotonic()
            wrong = try_notebook(path.resolve(), work, scratch, wheel, packages, skip)
            said = f'{"FAILED" if wrong else "ok"}, {time.monotonic() - start:.0f}s'
            print(f'{path.name}: {said}', *filter(None, [wrong]), sep='\n', flush=True)
            failed += bool(wrong)
    sys.exit(f'{failed} failed' if failed else 0)


if __name__ == '__main__': main()
