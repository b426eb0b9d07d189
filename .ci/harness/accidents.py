"What happens to a command while it works: it is killed, its input changes, another one comes."

import os
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import files
import running
from case import Case


def _start(command, argv):
    "A command in a process of its own"
    module, attribute = running.entries()[command]
    code = f'import {module} as it; it.{attribute}()'
    how = dict(stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    env = os.environ | dict(PYTHONPATH=os.pathsep.join(filter(None, sys.path)))
    return subprocess.Popen([sys.executable, '-c', code, *map(str, argv)], env=env, **how)


def _wait_for(process, condition, seconds=30):
    "Wait until a condition holds, or the process has ended"
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None and not condition():
        time.sleep(0.01)


def _make_large(shape=(1500, 2100)):
    "Pictures in tiles that take a while"
    import tifffile

    arrays = dict(s=files.picture(1, shape), d=files.picture(2, shape), m=files.mask(shape))
    for name, array in arrays.items():
        kind = 'rgb' if array.ndim == 3 else 'minisblack'
        tifffile.imwrite(f'{name}.tif', array, tile=(128, 128), photometric=kind)
    flags = [f'--{flag}_image={flag[0]}.tif' for flag in ('src', 'dst', 'mask')]
    return [*flags, '--blended_image=out.tif', '--large', '--color=composite']


def _is_whole(path):
    "Whether a picture can be read, or is not there at all"
    from gpgan import read_image

    if Path(path).exists():
        read_image(path)


def _scratch():
    "What a run keeps beside its output while it works"
    known = {'s.tif', 'd.tif', 'm.tif', 'out.tif'}
    return [path.name for path in Path().iterdir() if path.name not in known]


def killed_large(moment):
    "Killed while it works in tiles: the next run takes away what it left"
    argv = _make_large()
    process = _start('run_gp_gan', argv)
    _wait_for(process, _scratch)
    time.sleep(moment)
    process.kill()
    process.communicate()
    _is_whole('out.tif')
    again = _start('run_gp_gan', argv)
    _, said = again.communicate()
    if again.returncode:
        return f'the next run: {said}'
    if _scratch():
        return f'left after the next run: {_scratch()}'


def changed_input(change):
    "An input is removed, cut or written anew while it is read in tiles"
    argv = _make_large()
    process = _start('run_gp_gan', argv)
    _wait_for(process, _scratch)
    change(Path('s.tif'))
    _, said = process.communicate()
    lines = [line for line in said.splitlines() if line.strip() and '|' not in line]
    if process.returncode not in (0, 2) or len(lines) > 1 or 'Traceback' in said:
        return f'exit code {process.returncode}: {said[-300:]}'
    if process.returncode and (_scratch() or Path('out.tif').exists()):
        return f'left behind: {_scratch()}'
    _is_whole('out.tif')


def _cut(path):
    os.truncate(path, path.stat().st_size // 2)


def _rewrite(path):
    path.write_bytes(bytes(path.stat().st_size))


def killed_blend(folder, moment):
    "Killed while it writes: the picture is whole, or what it was"
    shutil.copy(folder / 'd.png', 'out.png')
    names = dict(src='s', dst='d', mask='m')
    argv = [f'--{flag}_image={folder / name}.png' for flag, name in names.items()]
    process = _start('run_gp_gan', [*argv, '--blended_image=out.png'])
    time.sleep(moment)
    process.kill()
    process.communicate()
    _is_whole('out.png')


def two_trainings(folder):
    "A second training in a folder is refused; when the first was killed, the next goes on"
    argv = [
        f'--train_data_root={folder}/train.tfrecords',
        f'--val_data_root={folder}/val.tfrecords',
    ]
    sizes = dict(image_size=16, nef=4, nBottleneck=8, ndf=4, batch_size=4, d_iters=1, burst=1)
    argv += [f'--{name}={value}' for name, value in sizes.items()] + ['--experiment=here']
    first = _start('train_blending_gan', [*argv, '--train_steps=100000', '--val_freq=50'])
    _wait_for(first, lambda: Path('here/losses.csv').exists())
    second = _start('train_blending_gan', [*argv, '--train_steps=2'])
    _, said = second.communicate()
    first.kill()
    first.communicate()
    if second.returncode != 2 or 'here' not in said:
        return f'the second: exit code {second.returncode}: {said[-200:]}'
    third = _start('train_blending_gan', [*argv, '--train_steps=2', '--val_freq=50'])
    _, said = third.communicate()
    if third.returncode:
        return f'the third: {said[-300:]}'


def _case(label, call, target='run_gp_gan', seconds=300):
    # what lies there in the end is looked at by the accidents themselves
    return Case(
        'accidents',
        target,
        label,
        call=call,
        may='work',
        right=lambda wrong: wrong,
        outputs=('.',),
        seconds=seconds,
    )


def cases(folder):
    "Each accident as a case"
    for moment in (0, 0.1, 0.3, 0.6, 1):
        yield _case(f'--large, killed after {moment} s', partial(killed_large, moment))
    for name, change in dict(removed=Path.unlink, cut=_cut, rewritten=_rewrite).items():
        yield _case(f'--large, its source {name}', partial(changed_input, change))
    for moment in (0.5, 1, 1.5, 2):
        yield _case(f'killed after {moment} s', partial(killed_blend, folder, moment))
    training = partial(two_trainings, folder)
    yield _case('two in one folder', training, 'train_blending_gan')
