"""What must hold of the installed package, run by the Python it is installed for, in an empty folder."""
import importlib.metadata
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import gpgan

os.environ.pop('TF_CPP_MIN_LOG_LEVEL', None)
bin = Path(sys.executable).parent
modules = sorted(m.name for m in pkgutil.iter_modules(gpgan.__path__) if not m.name.startswith('_'))


def python(code, *options): return subprocess.run([sys.executable, *options, '-c', code], capture_output=True, text=True)


def check(what, ok, said=''):
    print('ok' if ok else 'FAILED', what, flush=True)
    if not ok: sys.exit(said)


time_it = 'import time, cv2, scipy.fft; t = time.perf_counter(); import gpgan.poisson, gpgan.blend; print(time.perf_counter() - t)'
seconds = min(float(python(time_it).stdout) for _ in range(3))
check(f'gpgan.poisson and gpgan.blend are imported in {seconds:.2f} s beyond cv2 and scipy.fft, at most 0.3', seconds <= .3)

blends = 'from gpgan.blend import blend; from gpgan.images import example; blend(*example(), "poisson"); blend(*example(), "poisson", form="paper")'
run = python(f'import gpgan.poisson, gpgan.scale; {blends}; import sys; assert not {{"tensorflow", "keras", "matplotlib"}} & set(sys.modules)', '-W', 'error')
check('no warning, no TensorFlow and no Matplotlib where none is needed', run.returncode == 0, run.stderr)

imports = ', '.join(f'gpgan.{name}' for name in modules)
run = python(f'import warnings\nwith warnings.catch_warnings(record=True) as seen:\n    warnings.simplefilter("always"); import {imports}; {blends}; blend(*example())\nprint(*(w for w in seen if "gpgan" in w.filename), sep="\\n")')
check(f'no warning of ours from {imports}', run.returncode == 0 and not run.stdout.strip(), run.stdout + run.stderr)

run = subprocess.run([bin / 'run_gp_gan'], capture_output=True, text=True)
check('run_gp_gan says one line', run.returncode == 0 and not run.stdout and len(run.stderr.splitlines()) == 1, run.stderr)
check('and writes blended.png', Path('blended.png').stat().st_size > 1e5)
run = subprocess.run([bin / 'run_gp_gan', '--color', 'poisson', '--blended_image', 'other.jpg'])
check('without TensorFlow, too', run.returncode == 0 and Path('other.jpg').exists())

for script in importlib.metadata.distribution('gpgan').entry_points.select(group='console_scripts'):
    run = subprocess.run([bin / script.name, '--help'], capture_output=True, text=True)
    check(f'{script.name} --help, and nothing else', run.returncode == 0 and run.stdout.startswith('usage: ' + script.name) and not run.stderr, run.stderr)
