"The commands, and bad flags for each, by kind."

import os
import re
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import files
import running
from case import Case

numbers = *'-1 nan inf -inf 1e309 -1e309 text -- 1,5 0x10 1/2 1e ٪'.split(), ''
huge = '100000000000000000000', '1e30', '1000000000', str(10**400)
zero_is_right = set(  # numbers that may be 0
    """
    strength smooth_sigma seed ratio val_ratio photo_share strangers l2_weight beta1 burst
    d_iters warm_steps unrelated mask_value port train_steps
    """.split()
)
amounts = set(  # numbers that may be huge: there is only more to do
    """
    train_samples val_samples train_steps d_iters burst pairs unrelated workers warm_steps
    """.split()
)
choices = set(
    """
    form edge gradients gradient_kernel anchor mask_on color objective precision shapes
    under kinds around methods devices cameras anew at call sha256 url host unseen
    """.split()
)
texts = {'unseen', 'cameras', 'host'}  # for which some text may be right
outputs = {
    'blended_image': 'out.png',
    'write_mask': 'mask.png',
    'result_folder': 'blended',
    'means': 'means.csv',
    'out_path_train': 'train.tfrecords',
    'out_path_val': 'val.tfrecords',
    'experiment': 'experiment',
    'result': 'result.csv',
    'trial': 'trial.csv',
    'folder': 'frames',
}
known_as = dict(mask_value=('m.png',))  # what else a sentence may name


def flags_of(command):
    "What a command line has, as the command reads it"
    from gpgan import cli

    _, room = running.entry(command).args  # the module that has the flags, if not the command's
    source = Path(find_spec(f'gpgan.{room or "cli"}').origin)
    return cli.read_flags(source.read_text('utf-8'), command)[1]


def _label(value):
    "A value as a label shows it: short, and without folders that have another name each time"
    text = re.sub(r'\S*/harness_\w+/', '', str(value))
    return text if len(text) < 60 else f'{text[:20]}…{text[-20:]} ({len(text)} characters)'


class Command:
    "A command, and flags with which it ends well and soon"

    def __init__(self, name, makes=(), seconds=20, also=None, check=None, **good):
        self.name, self.good, self.makes, self.seconds = name, good, makes, seconds
        self.also = also or {}  # flags that another flag needs
        self.check = check  # of what a command has written: what is wrong with it, or None

    def argv(self, **flags):
        "The command line with some flags replaced; None leaves one out"
        given = self.good | flags
        return [f'--{name}={value}' for name, value in given.items() if value is not None]

    def case(self, kind, label, argv=None, names=('--',), seconds=None, **flags):
        how = {name: flags.pop(name) for name in list(flags) if name in Case.__dataclass_fields__}
        return Case(
            kind,
            self.name,
            label,
            argv=self.argv(**flags) if argv is None else argv,
            names=names,
            seconds=seconds or self.seconds,
            **dict(outputs=self.makes, after=self.check) | how,
        )

    def with_flag(self, kind, flag, value, **how):
        "A case with one flag replaced, and what that needs"
        also = self.also.get(flag, {})
        names = how.pop('names', (f'--{flag}', *known_as.get(flag, ())))
        if self.name == 'gpgan_app' and how.get('may') == 'either':
            names = *names, 'gpgan[app]'
        label = f'--{flag}={_label(value)}'
        return self.case(kind, label, names=names, **also | {flag: value} | how)

    def of_number(self, flag):
        zero = 'either' if flag.name in zero_is_right else 'refuse'
        yield self.with_flag('numbers', flag.name, '0', may=zero, endless=flag.name == 'port')
        for value in numbers:
            yield self.with_flag('numbers', flag.name, value)
        if flag.kind == 'int':
            yield self.with_flag('numbers', flag.name, '2.5')
        endless = flag.name in amounts or flag.name in ('max_megapixels', 'max_megabytes')
        for value in huge:
            yield self.with_flag(
                'numbers',
                flag.name,
                value,
                may='either',
                endless=endless,
                seconds=6 if endless else self.seconds,
            )

    def of_choice(self, flag):
        word = flag.default.strip("'")
        words = ['unknown', '--', ' ', ',']
        if word != 'None' and word:
            words += [word.upper(), word[:-1], f'{word},']
        for value in words:
            fine = flag.name in texts and value != '--'
            yield self.with_flag('choices', flag.name, value, may='either' if fine else 'refuse')

    def of_truth(self, flag):
        for value in ('maybe', '2', '--', '-1', 'None', 'nan', '1.0', 'tru'):
            yield self.with_flag('truths', flag.name, value)

    def of_input(self, flag, folder):
        "Files and folders in place of a file that is read"
        plain = str(self.good.get(flag, folder / 's.png'))
        names = (f'--{flag}', flag, 'special')
        for label, make in files.special(folder).items():
            case = self.with_flag('special files', flag, 'special', names=names, before=make)
            case.label = f'--{flag}={label}'
            yield case
        for value in (
            '',
            '--',
            ' ',
            'no/where',
            f'{plain}/below',
            'a' * 300,
            '~',
            'https://a.b/c.png',
        ):
            fine = value == '' and flag not in self.good
            yield self.with_flag(
                'paths',
                flag,
                value,
                may='either' if fine else 'refuse',
                names=(f'--{flag}', flag, value.strip('-')[:40], value.replace('//', '/')),
            )

    def of_output(self, flag, folder):
        "Places where nothing can be written"
        name = str(self.good.get(flag, outputs[flag]))
        is_folder = not Path(name).suffix
        names = f'--{flag}', flag, name

        def case(label, value, kind='outputs', **how):
            found = self.with_flag(kind, flag, value, **dict(names=names) | how)
            found.label = f'--{flag} {label}'
            return found

        yield case('below a file', f'{__file__}/{name}', names=(*names, __file__))
        yield case('--', '--')
        onto = Path(name).touch if is_folder else Path(name).mkdir
        yield case(f'onto a {"file" if is_folder else "folder"}', name, before=onto)
        may = 'refuse' if is_folder else 'either'
        loop = partial(os.symlink, name, name)
        yield case('onto a loop of links', name, before=loop, may=may)
        if not is_folder:
            made = dict(may='either', outputs=(*self.makes, 'no'))  # for tables, folders are made
            made = {} if flag in ('blended_image', 'write_mask') else made
            yield case('in no folder', f'no/where/{name}', names=(*names, 'no/where'), **made)
            yield case('too long', 'a' * 300 + name, names=(*names, 'aaaa'))
        lines = dict(exit_codes=(1, 2), lines=4) if flag == 'result_folder' else {}
        for limit in (0, 200):
            how = dict(file_limit=limit, may='either', names=(*names, '/')) | lines
            yield case(f'with {limit} bytes left on the disk', name, 'full disk', **how)
        if os.geteuid():
            yield case('in a folder that is read-only', name, before=partial(os.chmod, '.', 0o500))

    def spelling(self):
        "Flags that are not there, twice, or cut short"
        flag = flags_of(self.name)[0].name
        for argv in (
            ['--unknown=1'],
            ['word'],
            [f'--{flag[:-1]}=1'],
            [f'-{flag}=1'],
            ['-x'],
            [f'--{flag}'],
            ['--'],
            ['--version=2'],
            [''],
            [f'--{flag.upper()}=1'],
        ):
            names = argv[0].partition('=')[0] or 'arguments', flag, 'argument'
            yield self.case(
                'spelling',
                ' '.join(argv),
                [*self.argv(), *argv],
                names=names,
                may='either' if argv == ['--'] else 'refuse',
            )
        for flag in ('--help', '--version'):
            yield self.case('spelling', flag, [flag], may='work')

    def cases(self, folder):
        "All cases of a command"
        page = self.name == 'gpgan_app'  # runs until it is stopped, where Gradio is installed
        equal = dict(after=partial(_differs, folder)) if self.name == 'run_gp_gan' else {}
        yield self.case(
            'plain',
            'as it should be',
            may='either' if page else 'work',
            endless=page,
            names=('gpgan[app]',),
            **equal,
        )
        yield from self.spelling()
        for flag in flags_of(self.name):
            if flag.kind in ('int', 'float'):
                yield from self.of_number(flag)
            elif flag.kind == 'bool':
                yield from self.of_truth(flag)
            elif flag.name in choices:
                yield from self.of_choice(flag)
            elif flag.name in outputs:
                yield from self.of_output(flag.name, folder)
            else:
                yield from self.of_input(flag.name, folder)


def _picture_wrong(folder, name='d.png'):
    "What is wrong with the picture that was written, if one was, or None"
    from gpgan import read_image

    for path in Path().glob('out.*'):
        shape = read_image(path).shape
        if shape != read_image(folder / name).shape:
            return f'{path} has shape {shape}'


def _differs(folder):
    "What differs between the picture that was written and `blend` of the same files, or None"
    import numpy as np
    from gpgan import blend, read_image, read_mask

    src, dst = (read_image(folder / f'{name}.png', dtype=np.uint8) for name in 'sd')
    expected = blend(src, dst, read_mask(folder / 'm.png', dtype=None))
    if not np.array_equal(read_image('out.png', dtype=np.uint8), expected):
        return 'another picture than that of a plain call'


def commands(folder):
    "Every command with small inputs"
    f = folder
    color = dict(color='composite')
    listed = dict(
        src_image=None,
        dst_image=None,
        mask_image=None,
        blended_image=None,
        list_path=f / 'list.txt',
        result_folder='blended',
    )
    yield Command(
        'run_gp_gan',
        src_image=f / 's.png',
        dst_image=f / 'd.png',
        mask_image=f / 'm.png',
        blended_image='out.png',
        makes=('out.png', 'out.jpg', 'mask.png', 'blended'),
        check=partial(_picture_wrong, f),
        also=dict.fromkeys(
            ('color_weight', 'sigma', 'gradient_kernel', 'smooth_sigma', 'image_size'), color
        )
        | dict(
            quality=dict(blended_image='out.jpg'),
            workers=listed,
            result_folder=listed,
            list_path=listed,
        ),
    )
    large = {f'{name}_image': f / 'large' / f'{name[0]}.tif' for name in ('src', 'dst', 'mask')}
    check = partial(_picture_wrong, f, 'large/d.tif')
    written = dict(blended_image='out.tif', makes=('out.tif',), check=check)
    yield Command('run_gp_gan', **large, **written, large='True')
    yield Command(
        'crop_aligned_images',
        data_root=f / 'cameras',
        result_folder='crops',
        makes=('crops', 'blended'),
    )
    yield Command(
        'write_tf_records',
        dataset_dir=f / 'cameras',
        train_samples=4,
        val_samples=2,
        load_size=16,
        crop_size=16,
        makes=('train.tfrecords', 'val.tfrecords'),
        seconds=30,
        also=dict(photo_share=dict(photos_dir=f / 'photos'), masks_dir=dict(shapes='object')),
    )
    tiny = dict(
        image_size=16,
        ndf=4,
        batch_size=4,
        d_iters=1,
        burst=1,
        train_steps=1,
        val_freq=1,
        snapshot_interval=1,
        experiment='experiment',
    )
    yield Command(
        'train_blending_gan',
        train_data_root=f / 'train.tfrecords',
        val_data_root=f / 'val.tfrecords',
        nef=4,
        nBottleneck=8,
        **tiny,
        makes=('experiment',),
        seconds=60,
    )
    yield Command(
        'train_wasserstein_gan',
        photos_root=f / 'photos',
        nz=4,
        ngf=4,
        **tiny,
        makes=('experiment',),
        seconds=60,
    )
    yield Command(
        'compare_blends',
        webcams=f / 'cameras',
        pairs=1,
        methods='copy_paste',
        result='result.csv',
        makes=('result.csv', 'means.csv'),
        also=dict(around=dict(kinds='made', webcams=None)),
        seconds=30,
    )
    yield Command(
        'train_realism',
        photos_dir=f / 'photos',
        pairs=4,
        unseen='group1',
        result='realism.npz',
        makes=('realism.npz', 'trial.csv', 'realism.csv'),
        seconds=30,
    )
    yield Command(
        'download_transient_attributes',
        folder='frames',
        url=f'file://{f}/frames.tar',
        makes=('frames',),
    )
    yield Command('gpgan_app', makes=(), seconds=15, max_megapixels=1)
