"Every public function, its good arguments and its bad ones."

from functools import partial
from pathlib import Path

import arrays
import files
import numpy as np
from case import Case
from functions import Target


def _mismatches(name, function):
    "Arrays that are right alone, and not together"
    src, dst, mask = files.picture(1), files.picture(2), files.mask()
    other = files.picture(3, (30, 40))
    names = 'src', 'dst', 'mask'
    for label, arguments in {
        'src of another size': (other, dst, mask),
        'dst of another size': (src, other, mask),
        'mask of another size': (src, dst, mask[:30, :40]),
        'no mask, no alpha': (src, dst, None),
        'only src fits': (src, other, mask[:30, :40]),
        'all None': (None, None, None),
        'turned': (src, dst.swapaxes(0, 1), mask),
        'dst with alpha': (src, np.dstack([dst, mask]), mask),
    }.items():
        yield Case('mismatched', name, label, call=partial(function, *arguments), names=names)


def _of_files(name, function, folder):
    "Bad files for what reads a picture"
    bad = folder / 'bad'
    for path in sorted(bad.iterdir()):
        if path.suffix == '.tfrecords':
            continue
        whole = path.name.startswith(('flipped', 'cut'))
        yield Case(
            'files',
            name,
            path.name,
            call=partial(function, path),
            names=(path.name,),
            may='either' if whole else 'refuse',
        )
    for label, make in files.special(folder).items():
        yield Case(
            'special files',
            name,
            label,
            call=partial(function, 'special'),
            before=make,
            names=('special',),
        )


def _large(folder):
    "Arguments for `blend_large`"
    names = {name: folder / 'large' / f'{name[0]}.tif' for name in ('src', 'dst', 'mask')}
    return names | dict(out=Path('out.tif'), color='composite', tile=64)


def _all(folder):
    "Each public function and its good arguments"
    import gpgan
    from gpgan import baselines
    from gpgan.large import blend_large
    from gpgan.poisson import gaussian_poisson

    triple = dict(src=files.picture(1), dst=files.picture(2), mask=files.mask())
    for name in ('blend', 'explain', 'copy_paste'):
        yield name, getattr(gpgan, name), triple
    cut_out = np.dstack([triple['src'], triple['mask']])
    yield 'blend (cut-out)', gpgan.blend, dict(src=cut_out, dst=triple['dst'])
    yield 'blend (composite)', gpgan.blend, triple | dict(color='composite')
    yield 'blend (paper)', gpgan.blend, triple | dict(form='paper', color='composite')
    for name, function in baselines.rivals.items():
        if not isinstance(function, partial):
            yield name, function, triple
    small = dict(src=triple['src'][:30, :40], mask=triple['mask'][:30, :40])
    yield 'place', gpgan.place, small | dict(dst_shape=files.size)
    yield 'gaussian_poisson', gaussian_poisson, triple | dict(color=files.picture(4))
    yield 'blend_large', blend_large, _large(folder)
    yield 'example', gpgan.example, {}
    yield 'read_image', gpgan.read_image, dict(path=folder / 's.png')
    yield 'read_mask', gpgan.read_mask, dict(path=folder / 'm.png')
    yield 'read_mask (labels)', gpgan.read_mask, dict(path=folder / 'labels.png', value=15)
    yield 'write_image', gpgan.write_image, dict(path=Path('out.png'), image=triple['src'])


def _pictures_shown():
    "Bad arguments for `show_images`"
    import matplotlib

    matplotlib.use('agg')
    from gpgan import show_images

    def case(kind, label, names=('images',), may='refuse', **arguments):
        return Case(
            kind,
            'show_images',
            label,
            names=names,
            may=may,
            call=partial(show_images, **dict(images=[files.picture(1)]) | arguments),
        )

    for label, value in arrays.types().items():
        yield case('types', f'images={label}', images=value)
    for label, value in (
        arrays.odd_arrays(files.size) | {'5-D': np.ones((1,) * 5), '1-D': np.ones(3)}
    ).items():
        yield case('types', f'a picture={label}', images=[value])
    for label, value in arrays.types().items():
        fine = label in ('None', '[[1], [2, 3]]')
        yield case(
            'types', f'titles={label}', ('titles',), 'either' if fine else 'refuse', titles=value
        )
    for name, zero in (('height', False), ('columns', False)):
        whole = name == 'columns'
        for label, value in arrays.numbers(zero, whole).items():
            may = 'either' if whole and label == 'None' else 'refuse'
            yield case('numbers', f'{name}={label}', (name,), may, **{name: value})
    yield case(
        'types', 'one title of two', ('titles',), titles=['a'], images=[files.picture(1)] * 2
    )


def cases(folder):
    "Bad arguments for every public function"
    for name, function, good in _all(folder):
        written = 'out.png', 'out.tif', '\udcff.png', '\udcff.tif'
        outputs = written if name in ('write_image', 'blend_large') else ()
        yield from Target(name, function, good, outputs).cases()
        if isinstance(good.get('dst'), np.ndarray):
            others = {key: value for key, value in good.items() if key == 'color'}
            yield from _mismatches(name, partial(function, **others))
    import gpgan

    yield from _of_files('read_image', gpgan.read_image, folder)
    yield from _of_files('read_mask', gpgan.read_mask, folder)
    yield from _pictures_shown()
