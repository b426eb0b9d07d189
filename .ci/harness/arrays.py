"Arrays and values of every kind: types, shapes, values, strides, byte orders."

import math
import tempfile
from decimal import Decimal
from fractions import Fraction

import numpy as np


class Thing:
    "An object that is nothing in particular"

    def __repr__(self):
        return 'Thing()'


class Broken:
    "An object whose conversion fails"

    def __array__(self, *args, **how):
        raise RuntimeError('no array')

    def __float__(self):
        raise RuntimeError('no number')

    def __repr__(self):
        return 'Broken()'


def types():
    "Values that are no array, no number, no path and no word: label -> value"
    return {
        'None': None,
        "''": '',
        "'text'": 'text',
        "b'x'": b'x',
        '[]': [],
        '[[1], [2, 3]]': [[1], [2, 3]],
        '()': (),
        '{}': {},
        "{'a': 1}": {'a': 1},
        'set()': set(),
        '1j': 1j,
        'True': True,
        '3': 3,
        '0.5': 0.5,
        'object()': Thing(),
        'len': len,
        'int': int,
        'Broken()': Broken(),
        'range(3)': range(3),
        'lambda': lambda: 0,
        'NaN': math.nan,
        '10**400': 10**400,
    }


def odd_arrays(shape):
    "Arrays of types that are no numbers: label -> array"
    ones = np.ones(shape)
    rows = ones.astype(object)
    return {
        'objects': rows,
        'None in it': np.full(shape, None),
        'complex': ones.astype(complex),
        'complex64': ones.astype(np.complex64),
        'texts': ones.astype(str),
        'bytes': ones.astype('S3'),
        'dates': np.zeros(shape, 'datetime64[s]'),
        'durations': np.zeros(shape, 'timedelta64[s]'),
        'records': np.zeros(shape, [('a', 'u1'), ('b', 'f4')]),
        'void': np.zeros(shape, 'V3'),
        'objects of text': np.full(shape, 'a', object),
    }


def shapes(array):
    "The array in shapes that are wrong: label -> array"
    gray = array if array.ndim == 2 else array[..., 0]
    found = {
        '0-D': array.ravel()[0],
        '1-D': array.ravel(),
        '4-D': array[None],
        '5-D': array[None, None],
        'no pixel': array[:0],
        'no column': array[:, :0],
        'empty': array[:0, :0],
        'one row less': array[1:],
        'one pixel': array[:1, :1],
        'axes swapped': array.swapaxes(0, 1),
    }
    channels = [0, 1, 2, 5] if array.ndim == 3 else [1, 2, 3]
    found |= {f'{k} channels': np.repeat(gray[..., None], k, 2) for k in channels}
    if array.ndim == 3:
        found |= {'(H, W)': gray, 'channels first': array.transpose(2, 0, 1)}
    return found


def bad_values(array):
    "Floats that no picture and no mask holds: label -> array"
    plain = np.float32(array) / 255

    def with_one(value):
        wrong = plain.copy()
        wrong[2, 3] = value
        return wrong

    found = {
        f'{value} in it': with_one(value)
        for value in (math.nan, math.inf, -math.inf, -1, 2, 255, 1e30, -1e30)
    }
    return found | {
        'all NaN': plain * math.nan,
        'floats to 255': plain * 255,
        'integers to 300': array.astype(int) + 45,
        'negative integers': -array.astype(int),
    }


def odd_values(array):
    "What can be right: label -> array"
    return {
        'all black': array * 0,
        'all white': np.full_like(array, 255),
        'float64': array / 255,
        'noise': np.random.default_rng(1).integers(0, 256, array.shape, 'u1'),
    }


def _with_strides(array, how):
    "The same numbers in another memory layout"
    if how == 'negative':
        return np.ascontiguousarray(array[::-1, ::-1])[::-1, ::-1]
    if how == 'Fortran order':
        return np.asfortranarray(array)
    if how == 'transposed':
        return np.ascontiguousarray(array.swapaxes(0, 1)).swapaxes(0, 1)
    if how == 'every second':
        wide = np.repeat(np.repeat(array, 2, 0), 2, 1)
        return wide[::2, ::2]
    if how == 'unaligned':
        raw = np.empty(array.nbytes + 1, np.uint8)[1:].view(array.dtype)
        raw = raw.reshape(array.shape)
        raw[...] = array
        return raw
    if how == 'read-only':
        array = array.copy()
        array.flags.writeable = False
        return array
    if how == 'memory-mapped':
        mapped = np.memmap(tempfile.TemporaryFile(), array.dtype, 'w+', shape=array.shape)
        mapped[...] = array
        return mapped
    if how == 'broadcast':
        return np.broadcast_to(array[:1], array.shape)
    if how == 'a matrix':
        return np.asmatrix(array) if array.ndim == 2 else array
    if how == 'masked':
        return np.ma.masked_array(array, np.zeros(array.shape, bool))
    return array.tolist()


layouts = (
    'negative',
    'Fortran order',
    'transposed',
    'every second',
    'unaligned',
    'read-only',
    'memory-mapped',
    'broadcast',
    'masked',
)


def strides(array):
    "The array in other memory layouts: label -> (array, the same one plainly)"
    for how in layouts:
        other = _with_strides(array, how)
        yield how, other, np.array(other, array.dtype)


def byte_orders(array):
    "The array in other types and byte orders: label, array, the same one plainly"
    deep, share = np.uint16(array) * np.uint16(257), np.float32(array) / np.float32(255)
    yield 'big-endian uint16', deep.astype('>u2'), deep
    yield 'big-endian float32', share.astype('>f4'), share
    yield 'big-endian float64', share.astype('>f8'), share
    half = share.astype(np.float16)
    yield 'float16', half, half.astype(np.float32)
    yield 'big-endian float16', half.astype('>f2'), half.astype(np.float32)
    yield 'longdouble', share.astype(np.longdouble), share
    yield 'little-endian uint16', deep.astype('<u2'), deep


def numbers(zero, whole):
    "Numbers that a parameter may not be: label -> value"
    found = {
        '-1': -1,
        'NaN': math.nan,
        'inf': math.inf,
        '-inf': -math.inf,
        '-1e30': -1e30,
        '10**400': 10**400,
        '-10**400': -(10**400),
        "'1'": '1',
        "b'1'": b'1',
        '[1]': [1],
        '1j': 1j,
        'True': True,
        'object()': Thing(),
        "''": '',
        '{}': {},
        'array of two': np.ones(2),
        'array of texts': np.array(['1']),
        'Broken()': Broken(),
        'np.float32(nan)': np.float32('nan'),
        'Decimal(nan)': Decimal('nan'),
        'None': None,
        '-Fraction(1, 3)': -Fraction(1, 3),
    }
    if not zero:
        found['0'] = 0
    if whole:
        found['2.5'] = 2.5
    return found


def same_numbers(value):
    "The same number in other types: label -> value"
    kinds = (
        [np.float64, np.float32, Fraction] if value % 1 else [np.int64, np.uint8, np.int32, float]
    )
    return {f'{kind.__name__}({value})': kind(value) for kind in kinds}
