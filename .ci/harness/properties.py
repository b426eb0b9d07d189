"Properties of `blend` on small pictures that Hypothesis draws, always the same ones."

import warnings
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.ndimage import distance_transform_edt

from case import Case

constraints = ({}, dict(color='composite'), dict(color='poisson'))


def _masks(shape, kind, rng):
    "A mask of some kind, `uint8`"
    y, x = np.mgrid[: shape[0], : shape[1]]
    if kind == 'full':
        return np.full(shape, 255, np.uint8)
    if kind == 'corner':
        return np.uint8(255 * ((y < shape[0] / 2) & (x < shape[1] / 2)))
    if kind == 'noise':
        return np.uint8(255 * (rng.random(shape) > 0.6))
    center = np.array(shape) / 2
    distance = np.hypot((y - center[0] + 0.5) / center[0], (x - center[1] + 0.5) / center[1])
    if kind == 'soft':
        return np.uint8(255 * np.clip(2 - 2 * distance, 0, 1))
    return np.uint8(255 * (distance < 0.8))


def _pictures(shape, kind, rng):
    "Source and destination, `uint8`: noise, flat, or waves in another light"
    if kind == 'noise':
        return rng.integers(0, 256, (2, *shape, 3), np.uint8)
    if kind == 'flat':
        return np.uint8(np.ones((2, *shape, 3)) * rng.integers(0, 256, (2, 1, 1, 3)))
    y, x = np.mgrid[: shape[0], : shape[1]] / max(shape)
    waves = np.dstack([np.sin(x * rng.uniform(1, 9) + y * rng.uniform(1, 9)) for _ in range(3)])
    return np.uint8([127 + 100 * waves, 120 + 60 * waves])


@st.composite
def triples(draw, masks=('disc', 'soft', 'corner', 'noise', 'full'), most=36):
    "Source, destination and mask"
    shape = draw(st.integers(4, most)), draw(st.integers(4, most))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    pictures = _pictures(shape, draw(st.sampled_from(['noise', 'flat', 'waves'])), rng)
    return *pictures, _masks(shape, draw(st.sampled_from(masks)), rng)


def blend(*triple, **options):
    from gpgan import blend

    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        return blend(*triple, **options)


def off(one, other):
    "The largest difference, in levels"
    return int(np.abs(np.int32(one) - other).max())


def mirrored(triple, options):
    "The blend of mirrored pictures is the mirrored blend"
    whole = blend(*triple, **options)
    for turn in (np.fliplr, np.flipud):
        assert off(turn(blend(*map(turn, triple), **options)), whole) <= (1 if options else 4)


def transposed(triple, options):
    "So is that of transposed pictures (by default, light was learned to come from above)"
    options = options or dict(strength=0)
    turned = [picture.swapaxes(0, 1) for picture in triple]
    assert off(blend(*turned, **options).swapaxes(0, 1), blend(*triple, **options)) <= 4


def outside(triple, options):
    "Eight pixels away from the mask the destination is as it was"
    margin = (20, 20), (20, 20)
    src, dst = (np.pad(picture, (*margin, (0, 0)), 'edge') for picture in triple[:2])
    mask = np.pad(triple[2], margin)
    far = distance_transform_edt(mask == 0) > 8
    assert np.array_equal(blend(src, dst, mask, **options)[far], dst[far])


def full(triple, options):
    "A full mask returns the source"
    src, dst, mask = triple
    assert off(blend(src, dst, np.full_like(mask, 255), **options), src) <= 1


def itself(triple, options):
    "A picture blended into itself is itself"
    _, dst, mask = triple
    assert off(blend(dst, dst, mask, **options), dst) <= 1


def kinds(triple, options):
    "The result has the destination's shape and type, and is in range"
    src, dst, mask = triple
    plain = blend(*triple, **options)
    assert plain.shape == dst.shape and plain.dtype == np.uint8
    deep = blend(src, np.uint16(dst) * np.uint16(257), mask, **options)
    assert deep.dtype == np.uint16 and off(deep / 257, plain) <= 1
    share = blend(src, np.float32(dst) / np.float32(255), mask > 127, **options)
    assert share.dtype == np.float32 and share.min() >= 0 and share.max() <= 1


def layouts(triple, options):
    "Neither strides nor byte order change a bit"
    deep = [np.uint16(picture) * np.uint16(257) for picture in triple]
    plain = blend(*deep, **options)
    for change in (
        lambda p: p.astype('>u2'),
        np.asfortranarray,
        lambda p: p[::-1, ::-1].copy()[::-1, ::-1],
        lambda p: p.repeat(2, 0).repeat(2, 1)[::2, ::2],
    ):
        assert np.array_equal(blend(*map(change, deep), **options), plain)


def repeated(triple, options):
    "The same again, and the arguments are as they were"
    before = [picture.copy() for picture in triple]
    first, second = blend(*triple, **options), blend(*triple, **options)
    assert np.array_equal(first, second)
    assert all(map(np.array_equal, triple, before))


def hidden(triple, options):
    "What is behind a cut-out's transparent pixels, and under an opaque object, does not count"
    src, dst, mask = triple
    other = np.where(mask[..., None] > 0, src, 255 - src)
    one, two = (blend(np.dstack([p, mask]), dst, **options) for p in (src, other))
    assert np.array_equal(one, two)


def threads(triple, options):
    "Tiles and threads change a level at most"
    from gpgan.colors import color_constraint
    from gpgan.fast_residual import solve_residual
    from gpgan.pyramid import PyramidSettings

    constraint, how = color_constraint(options.get('color')), PyramidSettings()
    whole, *others = (
        solve_residual(*triple, constraint, how, tile=tile, threads=count)
        for tile, count in ((512, 1), (64, 1), (64, 3))
    )
    assert all(off(other, whole) <= 1 for other in others)


def on_disk(triple, options):
    "`blend_large` gives what `blend` gives"
    import tifffile
    from gpgan import read_image
    from gpgan.large import blend_large

    names = 's.tif', 'd.tif', 'm.tif'
    for name, picture in zip(names, triple, strict=True):
        kind = 'rgb' if picture.ndim == 3 else 'minisblack'
        tifffile.imwrite(name, picture, tile=(64, 64), photometric=kind)
    blend_large(*names, 'out.tif', tile=64, threads=2, **options)
    assert off(read_image('out.tif', dtype=np.uint8), blend(*triple, **options)) <= 1
    for path in Path.cwd().iterdir():
        path.unlink()


def check(function, examples=20, **how):
    "A property, on examples that are the same each time"
    some = settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    return some(given(triples(**how), st.sampled_from(constraints))(function))


def cases():
    "Each property as a case"
    few = {on_disk: dict(examples=5, most=100), threads: dict(examples=8, most=90)}
    shaped = {hidden: dict(masks=('disc', 'corner'))}
    for function in (
        mirrored,
        transposed,
        outside,
        full,
        itself,
        kinds,
        layouts,
        repeated,
        hidden,
        threads,
        on_disk,
    ):
        how = few.get(function, {}) | shaped.get(function, {})
        yield Case(
            'properties',
            'blend',
            function.__name__,
            call=check(function, **how),
            may='work',
            seconds=60,
        )
