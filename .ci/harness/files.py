"Good files of every kind that a command reads, and bad ones made from them."

import io
import os
import stat
import struct
import tarfile
import zipfile
from pathlib import Path

import numpy as np

size = 44, 60  # of the pictures, (H, W)


def picture(seed, shape=size):
    "A smooth picture with some noise, `uint8`"
    rng, (height, width) = np.random.default_rng(seed), shape
    y, x = np.mgrid[:height, :width] / max(shape)
    waves = [np.sin(x * rng.uniform(2, 9) + y * rng.uniform(2, 9) + k) for k in range(3)]
    return np.uint8(120 + 60 * np.dstack(waves) + rng.integers(0, 30, (*shape, 3)))


def mask(shape=size):
    "An ellipse, 0 or 255"
    y, x = np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j]
    return np.uint8(255 * (y**2 + x**2 < 0.4))


def _save(path, array, **how):
    from PIL import Image

    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(array).save(path, **how)


def _pictures(folder):
    "Source, destination, mask and cut-out in many formats"
    src, dst, inside = picture(1), picture(2), mask()
    for suffix in ('png', 'jpg', 'webp', 'bmp', 'tif', 'gif', 'ppm', 'avif'):
        try:
            _save(folder / f's.{suffix}', src)
            _save(folder / f'd.{suffix}', dst)
        except (OSError, KeyError):
            (folder / f's.{suffix}').unlink(missing_ok=True)
    _save(folder / 'm.png', inside)
    _save(folder / 'm.tif', inside)
    _save(folder / 'cut-out.png', np.dstack([src, inside]))
    _save(folder / 'small.png', picture(3, (20, 30)))
    _save(folder / 'labels.png', np.uint8(inside // 17))
    _save(folder / 'black.png', inside * 0)


def _large(folder):
    "The same in tiles, for `large`"
    import tifffile

    shape = 180, 260
    arrays = dict(s=picture(1, shape), d=picture(2, shape), m=mask(shape))
    (folder / 'large').mkdir()
    for name, array in arrays.items():
        kind = 'rgb' if array.ndim == 3 else 'minisblack'
        tifffile.imwrite(
            folder / 'large' / f'{name}.tif',
            array,
            tile=(64, 64),
            photometric=kind,
            compression='zlib',
        )
    try:
        import zarr
    except ImportError:
        return
    for name, array in arrays.items():
        zarr.save_array(str(folder / 'large' / f'{name}.zarr'), array)


def _folders(folder):
    "Cameras, photographs, object masks"
    for camera in ('cafe', 'park'):
        scene = picture(len(camera) + ord(camera[0]), (90, 110)).astype(float)
        for k in range(3):
            _save(folder / 'cameras' / camera / f'{k}.png', np.uint8(scene * (0.6 + 0.2 * k)))
    for k in range(6):
        _save(folder / 'photos' / f'group{k % 2}' / f'{k}.png', picture(10 + k, (90, 110)))
    for k in range(2):
        _save(folder / 'masks' / f'{k}.png', mask((60 + k, 70)))
    (folder / 'empty').mkdir()
    (folder / 'no pictures').mkdir()
    (folder / 'no pictures' / 'read me.txt').write_text('nothing to see')
    for k in range(3):
        (folder / 'broken' / 'cafe').mkdir(parents=True, exist_ok=True)
        (folder / 'broken' / 'cafe' / f'{k}.png').write_bytes((folder / 's.png').read_bytes()[:200])


def _texts(folder):
    line = f'{folder / "s.png"};{folder / "d.png"};{folder / "m.png"}\n'
    (folder / 'list.txt').write_text(line * 2)
    (folder / 'boxes.txt').write_text('cafe:5,5,80,90\npark:0,0,90,110\n')


def archive(path, entries=('imageAlignedLD/cafe/0.png',)):
    "A tar file that looks like the database"
    data = io.BytesIO()
    from PIL import Image

    Image.fromarray(picture(5)).save(data, 'PNG')
    with tarfile.open(path, 'w') as tar:
        for name in entries:
            entry = tarfile.TarInfo(name)
            entry.size = data.tell()
            tar.addfile(entry, io.BytesIO(data.getvalue()))
    return path


def make(
    folder,  # to fill
):
    "All good files"
    for part in (_pictures, _large, _folders, _texts):
        part(folder)
    archive(folder / 'frames.tar')
    _records(folder)
    bad_files(folder)


def _records(folder):
    "Pairs of pictures, and weights of small networks"
    from gpgan.pairs import write_tf_records

    counts = dict(train_samples=8, val_samples=4, load_size=16, crop_size=16)
    write_tf_records(
        photos_dir=folder / 'photos',
        out_path_train=folder / 'train.tfrecords',
        out_path_val=folder / 'val.tfrecords',
        val_ratio=0.3,
        **counts,
    )


# --------------------------------------------------------------------------- bad ones

beginnings = {
    'text': b'this is no picture\n' * 9,
    'PDF': b'%PDF-1.7\n1 0 obj\n',
    'PostScript': b'%!PS-Adobe\n',
    'HTML': b'<!DOCTYPE html><html><body>Not found</body></html>',
    'gzip': b'\x1f\x8b\x08' + bytes(50),
    'mp4': b'\0\0\0\x18ftypmp42\0\0\0\0mp42isom' + bytes(80),
    'ELF': b'\x7fELF\x02\x01\x01' + bytes(60),
    'JSON': b'{"a": [1, 2, 3]}',
    'SVG': b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    'random': np.random.default_rng(0).bytes(3000),
    'zeros': bytes(3000),
    'spaces': b' ' * 500,
    'LFS': b'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
    'one byte': b'\x89',
    'a signature': b'\x89PNG\r\n\x1a\n',
    'UTF-16': 'a;b;c\n'.encode('utf-16'),
}


def _cuts(data):
    "Lengths at which a file is cut, the last ones hardly"
    return sorted({1, 9, 30, len(data) // 4 + 5, len(data) // 2 + 5, len(data) * 9 // 10})


def _flips(data, count=4):
    "The file with one byte or several turned over"
    rng = np.random.default_rng(len(data))
    for _ in range(count):
        wrong = np.frombuffer(data, np.uint8).copy()
        places = rng.integers(0, len(data), rng.choice([1, 3, 40]))
        wrong[places] ^= np.uint8(rng.integers(1, 256))
        yield wrong.tobytes()


def bad_files(folder):
    "Cut, flipped, empty, of other formats"
    bad = folder / 'bad'
    bad.mkdir()
    (bad / 'empty.png').touch()
    for name, data in beginnings.items():
        (bad / f'{name}.png'.replace(' ', '_')).write_bytes(data)
    with zipfile.ZipFile(bad / 'zip.png', 'w') as file:
        file.writestr('a', 'b')
    for path in (*folder.glob('s.*'), folder / 'm.png', *folder.glob('*.tfrecords')):
        data, name = path.read_bytes(), path.name
        for n in _cuts(data):
            (bad / f'cut_{n}_{name}').write_bytes(data[:n])
        for k, wrong in enumerate(_flips(data)):
            (bad / f'flipped_{k}_{name}').write_bytes(wrong)
    _huge_headers(bad)


def _huge_headers(bad):
    "Small files that say they are huge"
    import zlib

    head = b'IHDR' + struct.pack('>IIBBBBB', 60000, 60000, 8, 2, 0, 0, 0)
    end = b'\0\0\0\0IEND\xaeB`\x82'
    (bad / 'huge.png').write_bytes(
        b'\x89PNG\r\n\x1a\n'
        + struct.pack('>I', 13)
        + head
        + struct.pack('>I', zlib.crc32(head))
        + end
    )
    (bad / 'huge.bmp').write_bytes(
        b'BM'
        + struct.pack('<IHHIIiiHHIIiiII', 54, 0, 0, 54, 40, 60000, 60000, 1, 24, 0, 0, 0, 0, 0, 0)
    )
    (bad / 'huge.ppm').write_bytes(b'P6 60000 60000 255\n')


def special(folder):
    "FIFOs, devices, folders, links: name -> function that makes one in the folder it is called in"

    def fifo():
        os.mkfifo('special')

    def dangling():
        os.symlink('nowhere', 'special')

    def loop():
        os.symlink('special', 'special')

    def a_folder():
        os.mkdir('special')

    def a_socket():
        import socket

        socket.socket(socket.AF_UNIX).bind('special')

    def device(minor):
        def make():
            os.mknod('special', stat.S_IFCHR | 0o666, os.makedev(1, minor))

        return make

    def unreadable():
        Path('special').write_bytes((folder / 's.png').read_bytes())
        os.chmod('special', 0)

    def gone():
        pass

    found = dict(
        FIFO=fifo, dangling=dangling, loop=loop, folder=a_folder, socket=a_socket, missing=gone
    )
    if os.geteuid() == 0:  # which reads what nobody may read, but makes devices
        found |= dict(null=device(3), zero=device(5), full=device(7), random=device(9))
    else:
        found |= dict(unreadable=unreadable)
    return found
