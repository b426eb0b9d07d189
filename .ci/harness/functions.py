"Bad arguments of a function, by what its parameters are."

import inspect
import math
import warnings
from pathlib import Path

import numpy as np

import arrays
import files
from case import Case

choices = {'form', 'edge', 'gradients', 'gradient_kernel', 'anchor', 'mask_on', 'space', 'name'}
paths = {'path', 'like', 'out'}
pictures = {'src', 'dst', 'image'}
shaping = {'color_weight', 'sigma', 'smooth_sigma', 'image_size'}  # a color constraint
may_be_zero = {'strength', 'smooth_sigma', 'feathering.sigma', 'levels', 'value'}
may_be_negative = {'value'}
others = {  # other words by which a sentence may name a parameter
    'dst_shape': ('dst',),
    'image': ('image', 'file'),
    'path': ('file',),
    'images': ('images',),
}


def _same(one, other):
    "Whether two results are the same, whatever they consist of"
    if isinstance(one, np.ndarray):
        return (
            isinstance(other, np.ndarray)
            and one.dtype == other.dtype
            and np.array_equal(one, other, equal_nan=True)
        )
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if hasattr(one, '__dict__'):
        return _same(tuple(vars(one).values()), tuple(vars(other).values()))
    if isinstance(one, Path):
        return one.read_bytes() == other.read_bytes()
    return one is other or one == other


def _agrees(plain):
    "A check that a result is that of a plain call"

    def check(result):
        expected = plain()
        if not _same(result, expected):
            return 'another result than that of the plain call'

    return check


def _is_picture(shape):
    "A check that a result is a picture"

    def check(result):
        if not isinstance(result, np.ndarray):
            return None
        if result.shape[:2] != shape[:2]:
            return f'a result of shape {result.shape}'
        if not np.isfinite(result).all():
            return 'a result with NaN or infinite values'

    return check


class Target:
    "A function, its good arguments, and cases with one of them replaced"

    def __init__(self, name, function, good, outputs=()):
        self.name, self.function, self.good, self.outputs = name, function, good, outputs
        self.parameters = inspect.signature(function).parameters

    def call(self, **arguments):
        "The call, with some arguments replaced"

        def run():
            with warnings.catch_warnings():
                warnings.simplefilter('ignore')
                return self.function(**self.good | arguments)

        return run

    def case(self, kind, parameter, label, value, **how):
        "A case in which one argument is another"
        names = how.pop('names', (parameter, *others.get(parameter, ())))
        return Case(
            kind,
            self.name,
            f'{parameter}={label}',
            call=self.call(**{parameter: value}),
            names=names,
            outputs=self.outputs,
            **how,
        )

    def same(self, kind, parameter, label, value, plain, may='work'):
        "A case in which another argument must give the result of a plain one"
        right = _agrees(self.call(**{parameter: plain}))
        return self.case(kind, parameter, label, value, may=may, right=right)

    def optional(self, parameter):
        return self.parameters[parameter].default is None

    def types(self, parameter, fine=()):
        for label, value in arrays.types().items():
            if label in fine:
                continue
            may = 'either' if label == 'None' and self.optional(parameter) else 'refuse'
            also = (value,) if isinstance(value, str) and value and parameter in paths else ()
            names = parameter, *others.get(parameter, ()), *also
            yield self.case('types', parameter, label, value, may=may, names=names)

    def of_array(self, parameter):
        "Cases for a picture or a mask"
        good = self.good[parameter]
        names = 'src', 'dst', 'mask', 'image'
        yield from self.types(parameter)
        for label, value in arrays.odd_arrays(good.shape).items():
            yield self.case('types', parameter, label, value)
        for label, value in arrays.shapes(good).items():
            yield self.case(
                'shapes',
                parameter,
                label,
                value,
                names=names,
                may='either',
                right=self.looks_right(),
            )
        for label, value in arrays.bad_values(good).items():
            yield self.case('values', parameter, label, value)
        for label, value in arrays.odd_values(good).items():
            may = 'either' if parameter == 'mask' else 'work'
            yield self.case('values', parameter, label, value, may=may, right=self.looks_right())
        for label, value, plain in arrays.strides(good):
            if label == 'broadcast' and parameter == 'mask':
                continue
            yield self.same('strides', parameter, label, value, plain)
        for label, value, plain in arrays.byte_orders(good):
            yield self.same('byte orders', parameter, label, value, plain)

    def looks_right(self):
        dst = self.good.get('dst')
        if not isinstance(dst, np.ndarray) or self.name == 'explain':
            return None
        return _is_picture(dst.shape)

    def of_number(self, parameter):
        "Cases for a number"
        default = self.parameters[parameter].default
        good = self.good.get(parameter, default)
        if not isinstance(good, (int, float)):
            good = 1.0 if parameter == 'color_weight' else 1
        zero = bool({parameter, f'{self.name}.{parameter}'} & may_be_zero)
        for label, value in arrays.numbers(zero, isinstance(good, int)).items():
            optional = label == 'None' and self.optional(parameter)
            negative = label == '-1' and parameter in may_be_negative
            may = 'either' if optional or negative else 'refuse'
            yield self.case('numbers', parameter, label, value, may=may, right=self.looks_right())
        for value in (10**9, 1e30):
            yield self.case('numbers', parameter, value, value, may='either')
        unused = parameter == 'value' or parameter in shaping and 'color' not in self.good
        for label, value in arrays.same_numbers(good).items():
            may = 'either' if unused else 'work'
            yield self.same('numbers', parameter, label, value, good, may)

    def of_choice(self, parameter):
        "Cases for a word"
        default = self.parameters[parameter].default
        words = ['unknown', ' ', default.upper(), f' {default}', f'{default}\n', default[:-1]]
        for word in words:
            yield self.case('choices', parameter, repr(word), word)
        yield from self.types(parameter)
        for label, value in (('list', [default]), ('array', np.array([default, default]))):
            yield self.case('types', parameter, label, value)

    def of_truth(self, parameter):
        "Cases for yes or no"
        yield from self.types(parameter, fine=('True',))
        yield self.case('types', parameter, 'array of two', np.ones(2, bool))
        yield self.case('types', parameter, 'np.True_', np.True_, may='work')

    def of_path(self, parameter, suffix):
        "Cases for the name of a file"
        yield from self.types(parameter)
        names = {
            'NUL': f'a\0b{suffix}',
            'too long': 'a' * 300 + suffix,
            'surrogate': f'\udcff{suffix}',
            'missing folder': f'no/where{suffix}',
            'below a file': f'{files.__file__}/a{suffix}',
            'file://': f'file:///a{suffix}',
            'https://': f'https://a.b/c{suffix}',
        }
        for label, value in names.items():
            may = 'either' if label == 'surrogate' else 'refuse'
            yield self.case(
                'paths',
                parameter,
                label,
                value,
                may=may,
                names=(
                    parameter,
                    value[:40],
                    value.replace('//', '/'),
                    'a' * 40,
                    'udcff',
                    'file',
                    'folder',
                ),
            )

    def of_point(self, parameter):
        wrong = {
            "'1,2'": '1,2',
            '(1,)': (1,),
            '(1, 2, 3)': (1, 2, 3),
            '(NaN, 1)': (math.nan, 1),
            '(inf, 1)': (math.inf, 1),
            "('1', '2')": ('1', '2'),
            '(None, 1)': (None, 1),
            '(1j, 1)': (1j, 1),
            '1e300': (1e300, 1),
            '10**400': (10**400, 1),
            'far': (10**6, 0),
            '-far': (-(10**6), 0),
            '[[1, 2]]': [[1, 2]],
            '(True, 1)': (True, 1),
            'dict': {1: 2, 3: 4},
            'set': {1, 2},
        }
        yield from self.types(parameter)
        for label, value in wrong.items():
            yield self.case('values', parameter, label, value)
        for label, value in {
            '[5, 6]': [5, 6],
            'array': np.array([5, 6]),
            '(5., 6.)': (5.0, 6.0),
        }.items():
            yield self.same('values', parameter, label, value, (5, 6))

    def of_shape(self, parameter):
        wrong = {
            '(0, 5)': (0, 5),
            '(-1, 5)': (-1, 5),
            '(5,)': (5,),
            '(1, 2, 3, 4)': (1, 2, 3, 4),
            '(5.5, 5)': (5.5, 5),
            '(NaN, 5)': (math.nan, 5),
            "('5', 5)": ('5', 5),
            '(None, 5)': (None, 5),
            'huge': (10**9, 10**9),
            '10**30': (10**30, 5),
            '(inf, 5)': (math.inf, 5),
            'sum': (5, 5, 1j),
        }
        yield from self.types(parameter, fine=('range(3)',))
        for label, value in wrong.items():
            yield self.case('values', parameter, label, value)
        height, width = self.good[parameter][:2]
        for label, value in {'list': [height, width], 'array': np.array([height, width])}.items():
            yield self.same('values', parameter, label, value, (height, width))

    def of_color(self, parameter):
        "Cases for GP-GAN's color constraint"
        yield from self.types(parameter)
        for word in ('unknown', 'Kriging', 'no.h5', ' '):
            yield self.case('choices', parameter, word, word, names=(parameter, 'no.h5'))
        good, finite = self.good.get('color'), self.name == 'gaussian_poisson'
        good = good if isinstance(good, np.ndarray) else files.picture(9, (8, 8))
        for label, value in arrays.bad_values(good).items():
            may = 'either' if finite and np.isfinite(value).all() else 'refuse'
            yield self.case('values', parameter, label, value, may=may)
        for label, value in arrays.odd_arrays(good.shape).items():
            yield self.case('types', parameter, label, value)
        for label, value, plain in (*arrays.strides(good), *arrays.byte_orders(good)):
            yield self.same('strides', parameter, label, value, plain)

    def of_dtype(self, parameter):
        for label, value in {
            'int': int,
            "'text'": 'text',
            'object': object,
            'complex': complex,
            '5': 5,
            "'O'": 'O',
            'str': str,
            'bytes': b'x',
            'list': [1],
            'int16': np.int16,
        }.items():
            yield self.case('types', parameter, label, value)

    def cases(self):
        "All cases of a function"
        yield Case(
            'plain',
            self.name,
            'as it should be',
            call=self.call(),
            may='work',
            outputs=self.outputs,
        )
        for parameter in self.parameters:
            yield from self.of(parameter)

    def of(self, parameter):
        "The cases of a parameter, by what it is"
        default = self.parameters[parameter].default
        if parameter in pictures | {'mask'} and isinstance(self.good.get(parameter), np.ndarray):
            return self.of_array(parameter)
        if parameter in choices:
            return self.of_choice(parameter)
        if parameter in paths or isinstance(self.good.get(parameter), Path):
            return self.of_path(
                parameter, self.good[parameter].suffix if parameter in self.good else ''
            )
        if parameter == 'at':
            return self.of_point(parameter)
        if parameter == 'dst_shape':
            return self.of_shape(parameter)
        if parameter == 'color':
            return self.of_color(parameter)
        if parameter == 'dtype':
            return self.of_dtype(parameter)
        if isinstance(default, bool):
            return self.of_truth(parameter)
        if isinstance(default, (int, float)) or parameter in ('color_weight', 'value', 'threads'):
            return self.of_number(parameter)
        fine = ("''", "'text'") if parameter == 'client' else ()  # an address that may answer
        return self.types(parameter, fine)
