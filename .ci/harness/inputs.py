"Bad files, lists, boxes, records, weights and archives for the commands that read them."

import shutil
import sys
import tarfile
from functools import partial
from pathlib import Path

import files
import running
from commands import commands, flags_of


def _bad_pictures(folder, command, flags, suffixes=('png', 'tif', 'jpg', 'webp', 'bmp')):
    "Cut, flipped, empty files and other formats in place of pictures"
    for path in sorted((folder / 'bad').iterdir()):
        if path.suffix[1:] not in suffixes:
            continue
        for flag in flags:
            touched = path.name.startswith(('cut', 'flipped'))
            yield command.with_flag(
                'files', flag, path, names=(path.name,), may='either' if touched else 'refuse'
            )


lists = {
    'no lines': '',
    'spaces': ' \n\n',
    'comments': '# a\n',
    'one part': 'a.png\n',
    'two parts': 'a.png;b.png\n',
    'four parts': '{s};{d};{m};4\n',
    'six parts': '{s};{d};{m};4;5;1;7\n',
    'commas': '{s},{d},{m}\n',
    'missing file': '{s};{d};no.png\n',
    'bad numbers': '{s};{d};{m};a;b\n',
    'NaN': '{s};{d};{m};nan;1\n',
    'scale 0': '{s};{d};{m};1;1;0\n',
    'scale -1': '{s};{d};{m};1;1;-1\n',
    'scale inf': '{s};{d};{m};1;1;inf\n',
    'scale huge': '{s};{d};{m};1;1;1e9\n',
    'far away': '{s};{d};{m};100000;1\n',
    'NUL': '{s};{d}\0;{m}\n',
    'half good': '{s};{d};{m}\n{s};{d};gone.png\n',
    'a folder': '/;/;/\n',
    'empty parts': ';;\n',
    'long name': '{s};{d};' + 'a' * 300 + '\n',
    'quotes': '"{s}";"{d}";"{m}"\n',
    'BOM only': '\ufeff',
    'empty mask': '{s};{d};{black}\n',
    'labels': '{s};{d};{labels}\n',
}


def _lists(folder, command):
    "Lists that are wrong, in whole or in some lines"
    names = {name: folder / f'{name}.png' for name in ('s', 'd', 'm', 'black', 'labels')}
    for label, text in lists.items():

        def write(text=text):
            Path('list.txt').write_text(text.format(**names))

        how = command.also['list_path'] | dict(list_path='list.txt')
        case = command.case('lists', label, names=('list.txt',), before=write, lines=3, **how)
        case.exit_codes = (2,) if label in ('no lines', 'spaces', 'comments', 'BOM only') else (1,)
        case.outputs = ('blended',) if label == 'half good' else ()
        yield case
    for path in sorted((folder / 'bad').glob('*.png')):
        if path.name.startswith(('cut', 'flipped')):
            continue
        how = command.also['list_path'] | dict(list_path=path)
        yield command.case(
            'lists', path.name, names=(path.name,), lines=200, exit_codes=(1, 2), outputs=(), **how
        )


boxes = {
    'words': 'cafe:a,b,c,d\n',
    'three': 'cafe:1,2,3\n',
    'five': 'cafe:1,2,3,4,5\n',
    'no name': '1,2,3,4\n',
    'negative': 'cafe:-1,2,30,40\n',
    'turned': 'cafe:50,50,10,10\n',
    'empty box': 'cafe:5,5,5,5\n',
    'too large': 'cafe:0,0,9000,9000\n',
    'fractions': 'cafe:0.5,1,30,40\n',
    'NUL': 'cafe\0:1,1,30,40\n',
    'huge': 'cafe:0,0,' + '9' * 500 + ',5\n',
    'NaN': 'cafe:nan,1,2,3\n',
}


def _boxes(folder, command):
    "Files of boxes that are wrong"
    for label, text in boxes.items():

        def write(text=text):
            Path('boxes.txt').write_text(text)

        yield command.case(
            'boxes',
            label,
            names=('boxes.txt', 'bbox_path'),
            before=write,
            bbox_path='boxes.txt',
            may='either' if label == 'NUL' else 'refuse',
        )
    for name in ('empty.png', 'random.png', 'UTF-16.png', 'zeros.png', 'text.png'):
        yield command.case(
            'boxes',
            name,
            names=(name,),
            bbox_path=folder / 'bad' / name,
            may='either' if name == 'empty.png' else 'refuse',
        )


def _folders(folder, command, flags):
    "Folders in which nothing can be used"
    for flag in flags:
        for name in ('empty', 'no pictures', 'broken'):
            yield command.with_flag(
                'folders', flag, folder / name, names=(name, f'--{flag}', flag), lines=9
            )


def _records(folder, command):
    "Records that are cut, of another kind, of another size"
    for path in sorted((folder / 'bad').iterdir()):
        named = path.name.startswith(('cut', 'flipped'))
        if named and path.suffix != '.tfrecords':
            continue
        for flag in ('train_data_root', 'val_data_root'):
            if named and ('train' in flag) != ('train' in path.name):
                continue
            yield command.with_flag(
                'records',
                flag,
                path,
                names=(path.name, f'--{flag}', flag),
                lines=4,
                may='either' if path.name.startswith(('flipped', 'cut')) else 'refuse',
            )
    yield command.case(
        'records', 'of another size', image_size='32', names=('image_size', 'tfrecords')
    )


def _weights(folder, command):
    "Files that hold no weights, in place of those to start from"
    for path in sorted((folder / 'bad').glob('*.png')):
        if path.name.startswith(('cut', 'flipped')):
            continue
        for suffix in ('.npz', '.h5'):

            def copy(path=path, suffix=suffix):
                shutil.copy(path, f'weights{suffix}')

            yield command.case(
                'weights',
                f'{path.stem}{suffix}',
                names=('weights',),
                before=copy,
                weights_path=f'weights{suffix}',
            )


def _colors(folder, command):
    "Files that hold no network, in place of a color constraint"

    def copy(path):
        shutil.copy(path, 'weights.h5')

    for path in sorted((folder / 'bad').glob('*.png')):
        if path.name.startswith(('cut', 'flipped')):
            continue
        yield command.case(
            'weights',
            f'--color={path.stem}.h5',
            before=partial(copy, path),
            color='weights.h5',
            names=('weights.h5',),
            seconds=40,
        )

    def packaged():
        import gpgan

        return sorted((Path(gpgan.__file__).parent / 'weights').glob('*.h5'))

    for path in packaged():
        for n in (100, path.stat().st_size // 2):

            def cut(path=path, n=n):
                Path('weights.h5').write_bytes(path.read_bytes()[:n])

            yield command.case(
                'weights',
                f'--color={path.name}, {n} bytes of it',
                before=cut,
                color='weights.h5',
                names=('weights.h5',),
                seconds=40,
            )


def _write(name, data):
    Path(name).write_bytes(data)


def _bad_archives(folder):
    "Archives that are damaged, or write elsewhere: label -> function that makes one"
    entries = {
        'climbs': ('../out.png',),
        'absolute': ('/tmp/harness_out.png',),
        'other folder': ('a/b.png',),
        'no entry': (),
        'backslash': ('imageAlignedLD/cafe/a\\b.png',),
        'a file and a folder': ('a', 'a/b'),
    }
    whole = (folder / 'frames.tar').read_bytes()
    made = {label: partial(files.archive, 'a.tar', names) for label, names in entries.items()}
    made |= {f'cut at {n}': partial(_write, 'a.tar', whole[:n]) for n in (1, 300, 512, 900, 2000)}
    for path in (folder / 'bad').glob('*.png'):
        if not path.name.startswith(('cut', 'flipped')):
            made[path.stem] = partial(_write, 'a.tar', path.read_bytes())
    return made | {'sparse': _sparse, 'a link': _link, 'a device': _device}


def _archives(folder, command):
    "Bad archives, addresses and checksums"
    fetched = dict(lines=12, keeps=('frames',))  # what has arrived is kept
    names = 'tar', 'url', 'aligned_images'
    for label, make in _bad_archives(folder).items():
        how = fetched | dict(before=make, entry=_fetching, argv=['--folder=frames'])
        yield command.case('archives', label, names=names, **how)
    for value in ('http://a.b/c.tar', 'ftp://a.b/c', 'file:///no/where.tar', 'a.tar', 'https://'):
        yield command.with_flag('archives', 'url', value, names=('--url', value), **fetched)
    names = 'sha256', 'checksum'
    yield command.case('archives', 'wrong checksum', names=names, sha256='0' * 64, **fetched)


def _fetching():
    "The command, for the archive that lies beside it"
    sys.argv.append(f'--url=file://{Path("a.tar").resolve()}')
    running.entry('download_transient_attributes')()


def _odd_entry(name, change):
    entry = tarfile.TarInfo(name)
    change(entry)
    with tarfile.open('a.tar', 'w') as tar:
        tar.addfile(entry)


def _link():
    def change(entry):
        entry.type, entry.linkname = b'2', '/etc/passwd'

    _odd_entry('imageAlignedLD/cafe/0.png', change)


def _device():
    def change(entry):
        entry.type, entry.devmajor, entry.devminor = b'3', 1, 5

    _odd_entry('imageAlignedLD/cafe/0.png', change)


def _sparse():
    "A few bytes that say they are 300 GB"
    entry = tarfile.TarInfo('imageAlignedLD/cafe/0.png')
    entry.size = 300 * 10**9
    Path('a.tar').write_bytes(entry.tobuf(tarfile.GNU_FORMAT) + bytes(10240))


def _pairs_of_flags(folder, command):
    "Flags that do not go together, and outputs onto inputs"

    def here():
        for name in ('s', 'd', 'm'):
            shutil.copy(folder / f'{name}.png', f'{name}.png')

    for name in ('s', 'd', 'm'):
        flags = dict(
            src_image='s.png', dst_image='d.png', mask_image='m.png', blended_image=f'{name}.png'
        )
        yield command.case(
            'together', f'onto {name}.png', before=here, names=(f'{name}.png',), **flags
        )
        yield command.case(
            'together',
            f'mask onto {name}.png',
            before=here,
            names=(f'{name}.png',),
            **flags | dict(blended_image='out.png', write_mask=f'{name}.png'),
        )
    for label, flags in {
        'mask and blend in one file': dict(write_mask='out.png'),
        'large and png': dict(large='True'),
        'sigma alone': dict(sigma='1'),
        'color and edge': dict(color='kriging', edge='loose'),
        'loose and mixed': dict(edge='loose', gradients='mixed'),
        'list and images': dict(list_path=folder / 'list.txt'),
        'no destination': dict(dst_image=None),
        'no mask': dict(mask_image=None),
        'scale 0': dict(scale='0'),
        'scale huge': dict(scale='1e9'),
        'far': dict(at='9999,9999'),
        'black mask': dict(mask_image=folder / 'black.png'),
        'labels': dict(mask_image=folder / 'labels.png'),
        'class that is not there': dict(mask_value='7'),
        'small mask': dict(mask_image=folder / 'small.png'),
        'jpg and alpha': dict(
            src_image=folder / 'cut-out.png', mask_on='destination', mask_image=None
        ),
    }.items():
        yield command.case('together', label, names=('--', '.png', 'large'), **flags)


def _large(folder, command):
    "Bad files for what reads pictures in tiles"
    yield command.case('plain', 'large, as it should be', may='work')
    yield from _bad_pictures(folder, command, ('src_image', 'mask_image'), ('png', 'tif'))
    flags = {flag.name: flag for flag in flags_of(command.name)}
    for name in ('src_image', 'dst_image', 'mask_image'):
        yield from command.of_input(name, folder)
    yield from command.of_output('blended_image', folder)
    for name in ('s', 'm'):
        data = (folder / 'large' / f'{name}.tif').read_bytes()
        flag = 'src_image' if name == 's' else 'mask_image'
        wrong = [data[:n] for n in (1, 8, 200, len(data) // 2, len(data) * 9 // 10)] + list(
            files._flips(data, 8)
        )
        for k, changed in enumerate(wrong):

            def write(changed=changed):
                Path('bad.tif').write_bytes(changed)

            yield command.case(
                'files',
                f'large {flag} {k}',
                before=write,
                names=('bad.tif',),
                may='either',
                **{flag: 'bad.tif'},
            )
    yield from _zarr(folder, command)
    for flag in ('color_weight', 'strength'):
        yield from command.of_number(flags[flag])


def _zarr(folder, command):
    "Zarr arrays of which something is missing or cut"
    source = folder / 'large' / 's.zarr'
    if not source.exists():
        return
    chunks = [p.relative_to(source) for p in sorted(source.rglob('*')) if p.is_file()]
    for chunk in chunks:
        for what in ('missing', 'cut', 'empty'):

            def damage(chunk=chunk, what=what):
                shutil.copytree(source, 'bad.zarr')
                data = (source / chunk).read_bytes()
                if what == 'missing':
                    (Path('bad.zarr') / chunk).unlink()
                else:
                    (Path('bad.zarr') / chunk).write_bytes(
                        data[: len(data) // 2] if what == 'cut' else b''
                    )

            others = {f'{n}_image': folder / 'large' / f'{n[0]}.zarr' for n in ('dst', 'mask')}
            yield command.case(
                'files',
                f'large zarr {chunk.as_posix()} {what}',
                before=damage,
                names=('bad.zarr',),
                may='refuse',
                src_image='bad.zarr',
                **others,
            )


def cases(folder):
    "Everything for every command"
    seen = {}
    for command in commands(folder):
        first = seen.setdefault(command.name, command) is command
        if first:
            yield from command.cases(folder)
        else:
            yield from _large(folder, command)
    blend = seen['run_gp_gan']
    yield from _bad_pictures(folder, blend, ('src_image', 'dst_image', 'mask_image'))
    yield from _lists(folder, blend)
    yield from _pairs_of_flags(folder, blend)
    yield from _colors(folder, blend)
    yield from _boxes(folder, seen['crop_aligned_images'])
    yield from _folders(folder, seen['crop_aligned_images'], ('data_root',))
    yield from _folders(folder, seen['write_tf_records'], ('dataset_dir', 'photos_dir'))
    yield from _folders(folder, seen['train_wasserstein_gan'], ('photos_root',))
    yield from _folders(folder, seen['train_realism'], ('photos_dir', 'dataset_dir'))
    yield from _folders(folder, seen['compare_blends'], ('webcams', 'masks'))
    yield from _records(folder, seen['train_blending_gan'])
    yield from _weights(folder, seen['train_blending_gan'])
    yield from _archives(folder, seen['download_transient_attributes'])
    for command in (blend, seen['crop_aligned_images']):
        for case in list(command.spelling())[:4]:
            case.real, case.label = True, f'{case.label} (a process of its own)'
            yield case
