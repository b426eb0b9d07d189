"""Run notebooks as Colab would: each from an empty folder, with what Colab has and what the notebook's own install cell adds.

python .ci/colab.py [--slow] [--gpu] [--download] [--keep FOLDER] [NOTEBOOK...]

A wheel of the working tree stands in for the repository that the install cells name; nothing else is changed. Each notebook gets an
environment of its own on top of a common one. Cells flagged slow, gpu or download run only if asked for.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

root = Path(__file__).resolve().parent.parent
settings = dict(re.findall(r'^(\w+) *= *(.*)$', (root / 'settings.ini').read_text(encoding='utf-8'), re.M))
source = f"git+https://github.com/{settings['user']}/{settings['repo']}"
minutes = 10 # a notebook may take
colab = ['tensorflow', 'matplotlib', 'pandas', 'ipykernel', 'nbclient', 'fastcore>=2'] # of what Colab has, all that is needed here
startup = "import sys, types; sys.modules['google.colab'] = types.ModuleType('google.colab')"
flags = ('slow', 'gpu', 'download')


def execute(path, skip):
    "In a notebook's own environment: run its cells, one kernel"
    import nbclient
    import nbformat
    notebook = nbformat.read(path, 4)
    client = nbclient.NotebookClient(notebook, timeout=60 * minutes, kernel_name='python3')
    with client.setup_kernel():
        for k, cell in enumerate(notebook.cells):
            if cell.cell_type != 'code' or re.search(rf'^#\| *({"|".join(skip) or "never"})\b', cell.source, re.M): continue
            if re.search(r'^#\| *eval: *false', cell.source, re.M): continue
            client.execute_cell(cell, k)


def run(*command, **options): return subprocess.run([str(c) for c in command], check=True, **options)


def prepare(work):
    "The wheel and the common environment; returns the wheel and the folder of its packages"
    run(sys.executable, '-m', 'pip', 'wheel', '-q', '--no-deps', '--wheel-dir', work / 'wheel', root)
    base = work / 'colab'
    if not base.exists():
        run(sys.executable, '-m', 'venv', base)
        run(base / 'bin/python', '-m', 'pip', 'install', '-q', *colab)
    packages, = base.glob('lib/python*/site-packages')
    (work / 'ipython/profile_default/startup').mkdir(parents=True, exist_ok=True)
    (work / 'ipython/profile_default/startup/00-colab.py').write_text(startup)
    return next((work / 'wheel').glob('*.whl')), packages


def try_notebook(path, work, scratch, wheel, packages, skip):
    "Run a notebook in an empty folder and an environment of its own; returns what went wrong, or nothing"
    name = path.relative_to(root / 'nbs').with_suffix('').as_posix().replace('/', '-')
    own, folder = scratch / 'own' / name, scratch / 'empty' / name
    run(sys.executable, '-m', 'venv', '--clear', '--without-pip', own)
    site, = own.glob('lib/python*/site-packages')
    (site / 'colab.pth').write_text(str(packages))
    folder.mkdir(parents=True)
    copy = folder / path.name
    copy.write_text(path.read_text(encoding='utf-8').replace(source, wheel.as_uri()), encoding='utf-8')
    environment = os.environ | dict(IPYTHONDIR=str(work / 'ipython'), MPLBACKEND='module://matplotlib_inline.backend_inline', PIP_DISABLE_PIP_VERSION_CHECK='1')
    environment.pop('PYTHONPATH', None)
    tried = subprocess.run([own / 'bin/python', __file__, '--execute', copy, *(f'--{f}' for f in flags if f not in skip)], cwd=folder, env=environment, capture_output=True, text=True)
    replaced = sorted({'tensorflow', 'keras', 'numpy', 'pandas', 'matplotlib', 'ipykernel'} & {p.name for p in site.iterdir()})
    if replaced: return f'its install cell replaces {", ".join(replaced)}, which asks for a restart'
    return re.sub(r'\x1b\[[\d;]*m', '', tried.stderr.strip())[-2000:] if tried.returncode else ''


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('notebooks', nargs='*', type=Path, help='default: all')
    parser.add_argument('--keep', type=Path, help='a folder for the common environment, to use it again')
    parser.add_argument('--execute', type=Path, help=argparse.SUPPRESS)
    for flag in flags: parser.add_argument(f'--{flag}', action='store_true', help=f'run the cells flagged {flag}, too')
    args = parser.parse_args()
    skip = [flag for flag in flags if not getattr(args, flag)]
    if args.execute: return execute(args.execute, skip)
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        work = (args.keep or scratch).resolve()
        wheel, packages = prepare(work)
        for path in args.notebooks or sorted((root / 'nbs').rglob('*.ipynb')):
            start = time.monotonic()
            wrong = try_notebook(path.resolve(), work, scratch, wheel, packages, skip)
            print(f'{path.name}: {"FAILED" if wrong else "ok"}, {time.monotonic() - start:.0f}s', *filter(None, [wrong]), sep='\n', flush=True)
            failed += bool(wrong)
    sys.exit(f'{failed} failed' if failed else 0)


if __name__ == '__main__': main()
