"""Everything is read from settings.ini; this file needs no change when the project does."""
from configparser import ConfigParser
from pathlib import Path

from setuptools import find_packages, setup

here = Path(__file__).parent
config = ConfigParser(delimiters=['='])
config.read(here / 'settings.ini', encoding='utf-8')
s = config['DEFAULT']
extras = {name: s[f'{name}_requirements'].split() for name in ('train', 'scale', 'app', 'heic')}
minors = range(int(s['min_python'].split('.')[1]), 14)

dev = [*s['dev_requirements'].split(), *extras['train'], *extras['scale'], *extras['heic']]

setup(
    name=s['lib_name'],
    version=s['version'],
    description=s['description'],
    keywords=s['keywords'].split(),
    author=s['author'],
    author_email=s['author_email'],
    url=s['git_url'],
    license='Apache-2.0',
    long_description=(here / 'README.md').read_text(encoding='utf-8'),
    long_description_content_type='text/markdown',
    packages=find_packages(include=[s['lib_path'], f"{s['lib_path']}.*"]),
    package_data={s['lib_name']: ['weights/*.h5', 'weights/*.npz', 'results/*.csv', 'static/*']},
    zip_safe=False,
    python_requires=f">={s['min_python']}",
    install_requires=s['requirements'].split(),
    extras_require=extras | {'dev': dev},
    entry_points={'console_scripts': s['console_scripts'].split(),
                  'nbdev': [f"{s['lib_name']}={s['lib_path']}._modidx:d"]},
    classifiers=['Development Status :: 3 - Alpha', f"Intended Audience :: {s['audience']}",
                 *(f'Programming Language :: Python :: 3.{minor}' for minor in minors)],
)
