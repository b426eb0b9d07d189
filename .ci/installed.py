"""What must hold of the installed package.

Run by the Python it is installed for, in an empty folder.
"""
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
modules = sorted(m.name for m in pkgutil.iter_modules(gpgan.__path__) if m.name[0] != '_')
extras = {'train': find_spec('tensorflow'), 'scale': find_spec('dask'), 'app': find_spec('gradio')}
of_extra = {'train': ( # modules that cannot be imported without an extra
    'checkpoints', 'fit', 'gan', 'kriging', 'loop', 'networks', 'photographs', 'training',
    'unsupervised', 'wasserstein')}
blends = ('from gpgan import blend, example; blend(*example()); '
          'blend(*example(), color="poisson"); blend(*example(), form="paper")')


def run(*command): return subprocess.run(list(map(str, command)), capture_output=True, text=True)
def python(code, *options): return run(sys.executable, *options, '-c', code)


def check(what, ok, said=''):
    "Say whether something holds; end if it does not"
    print('ok' if ok else 'FAILED', what, flush=True)
    if not ok: sys.exit(said)


def names_extra(said, name):
    "Whether what was said is one sentence that tells how to install an extra"
    return len(said.splitlines()) == 1 and f"pip install 'gpgan[{name}]'" in said


def check_time():
    "The front rooms are imported quickly"
    code = ('import time, cv2, scipy.fft; t = time.perf_counter(); '
            'import gpgan.poisson, gpgan.blending; print(time.perf_counter() - t)')
    seconds = min(float(python(code).stdout) for _ in range(3))
    check(f'gpgan.poisson and gpgan.blending are imported in {seconds:.2f} s '
          'beyond cv2 and scipy.fft, at most 0.3', seconds <= .3)


def check_front_door():
    "The names that scripts rely on are there, and light"
    named = gpgan.__all__ == sorted(gpgan.__all__)
    check('the front door is the contract', named and all(hasattr(gpgan, n) for n in gpgan.__all__))
    done = python('import gpgan, gpgan.blending; from gpgan import blend; '
                  'assert callable(gpgan.blend) and blend is gpgan.blend')
    check('gpgan.blend is the function, whatever is imported', done.returncode == 0, done.stderr)
    late = '{"tensorflow", "keras", "h5py", "matplotlib"}'
    code = f'import gpgan.poisson; {blends}; import sys; assert not {late} & set(sys.modules)'
    done = python(code, '-W', 'error')
    check('no warning, no TensorFlow, h5py or Matplotlib where none is needed',
          done.returncode == 0, done.stderr)


watch = """import warnings
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always"); import {imports}; {blends}
print(*(w for w in seen if "gpgan" in w.filename), sep="\\n")"""


def check_imports():
    "Every module is imported without a warning of ours, or names the extra that it needs"
    missing = [m for name, needing in of_extra.items() if not extras[name] for m in needing]
    imports = ', '.join(f'gpgan.{name}' for name in modules if name not in missing)
    done = python(watch.format(imports=imports, blends=blends))
    quiet = done.returncode == 0 and not done.stdout.strip()
    check(f'no warning of ours from {imports}', quiet, done.stdout + done.stderr)
    for name in missing:
        done = python(f'try: import gpgan.{name}\nexcept ImportError as e: print(e)')
        check(f'gpgan.{name} names the extra that it needs',
              names_extra(done.stdout.strip(), 'train'), done.stdout + done.stderr)


def check_blends():
    "The command writes the example"
    done = run(bin / 'run_gp_gan')
    quiet = done.returncode == 0 and not done.stdout and len(done.stderr.splitlines()) == 1
    check('run_gp_gan says one line', quiet, done.stderr)
    check('and writes blended.png', Path('blended.png').stat().st_size > 1e5)
    done = run(bin / 'run_gp_gan', '--color', 'poisson', '--blended_image', 'other.jpg')
    check('other colors, too', done.returncode == 0 and Path('other.jpg').exists(), done.stderr)


def check_commands():
    "Every command has a help text, and names the extra that it needs"
    scripts = importlib.metadata.distribution('gpgan').entry_points
    for script in scripts.select(group='console_scripts'):
        done = run(bin / script.name, '--help')
        helps = done.stdout.startswith(f'usage: {script.name}') and not done.stderr
        check(f'{script.name} --help, and nothing else', not done.returncode and helps, done.stderr)
    for name in ('train_blending_gan', 'train_wasserstein_gan') if not extras['train'] else ():
        done = run(bin / name)
        named = done.returncode == 2 and names_extra(done.stderr.strip(), 'train')
        check(f'{name} names the extra that it needs', named, done.stderr)


check_time()
check_front_door()
check_imports()
check_blends()
check_commands()
