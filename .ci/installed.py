"""What must hold of the installed package, run by the Python it is installed for, in an empty folder."""
import importlib.metadata
import os
import pkgutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import gpgan

os.environ.pop('TF_CPP_MIN_LOG_LEVEL', None)
bin = Path(sys.executable).parent
modules = sorted(m.name for m in pkgutil.iter_modules(gpgan.__path__) if not m.name.startswith('_'))
extras = {'train': find_spec('tensorflow'), 'scale': find_spec('dask'), 'app': find_spec('gradio')}
of_extra = {'train': ('gan', 'kriging', 'networks', 'training', 'unsupervised')} # modules that cannot be imported without one


def python(code, *options): return subprocess.run([sys.executable, *options, '-c', code], capture_output=True, text=True)


def check(what, ok, said=''):
    print('ok' if ok else 'FAILED', what, flush=True)
    if not ok: sys.exit(said)


def one_sentence(said, name): return len(said.splitlines()) == 1 and f"pip install 'gpgan[{name}]'" in said


time_it = 'import time, cv2, scipy.fft; t = time.perf_counter(); import gpgan.poisson, gpgan.blending; print(time.perf_counter() - t)'
seconds = min(float(python(time_it).stdout) for _ in range(3))
check(f'gpgan.poisson and gpgan.blending are imported in {seconds:.2f} s beyond cv2 and scipy.fft, at most 0.3', seconds <= .3)

check('the front door is the contract', gpgan.__all__ == sorted(gpgan.__all__) and all(hasattr(gpgan, name) for name in gpgan.__all__))
run = python('import gpgan, gpgan.blending; from gpgan import blend; assert callable(gpgan.blend) and blend is gpgan.blend')
check('gpgan.blend is the function, whatever is imported', run.returncode == 0, run.stderr)

blends = 'from gpgan import blend, example; blend(*example()); blend(*example(), color="poisson"); blend(*example(), form="paper")'
late = '{"tensorflow", "keras", "h5py", "matplotlib"}'
run = python(f'import gpgan.poisson; {blends}; import sys; assert not {late} & set(sys.modules)', '-W', 'error')
check('no warning, no TensorFlow, h5py or Matplotlib where none is needed', run.returncode == 0, run.stderr)

missing = [m for name, needing in of_extra.items() if not extras[name] for m in needing]
imports = ', '.join(f'gpgan.{name}' for name in modules if name not in missing)
run = python(f'import warnings\nwith warnings.catch_warnings(record=True) as seen:\n    warnings.simplefilter("always"); import {imports}; {blends}\nprint(*(w for w in seen if "gpgan" in w.filename), sep="\\n")')
check(f'no warning of ours from {imports}', run.returncode == 0 and not run.stdout.strip(), run.stdout + run.stderr)
for name in missing:
    run = python(f'try: import gpgan.{name}\nexcept ImportError as e: print(e)')
    check(f'gpgan.{name} names the extra that it needs', one_sentence(run.stdout.strip(), 'train'), run.stdout + run.stderr)

run = subprocess.run([bin / 'run_gp_gan'], capture_output=True, text=True)
check('run_gp_gan says one line', run.returncode == 0 and not run.stdout and len(run.stderr.splitlines()) == 1, run.stderr)
check('and writes blended.png', Path('blended.png').stat().st_size > 1e5)
run = subprocess.run([bin / 'run_gp_gan', '--color', 'poisson', '--blended_image', 'other.jpg'])
check('other colors, too', run.returncode == 0 and Path('other.jpg').exists())

for script in importlib.metadata.distribution('gpgan').entry_points.select(group='console_scripts'):
    run = subprocess.run([bin / script.name, '--help'], capture_output=True, text=True)
    check(f'{script.name} --help, and nothing else', run.returncode == 0 and run.stdout.startswith('usage: ' + script.name) and not run.stderr, run.stderr)
for name in ('train_blending_gan', 'train_wasserstein_gan') if not extras['train'] else ():
    run = subprocess.run([bin / name], capture_output=True, text=True)
    check(f'{name} names the extra that it needs', run.returncode == 2 and one_sentence(run.stderr.strip(), 'train'), run.stderr)
