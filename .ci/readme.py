"""Make README.md from nbs/index.ipynb (with --check: fail if it is out of step). nbdev's own way needs Quarto."""
import base64
import json
import re
import sys
from pathlib import Path

root = Path(__file__).resolve().parent.parent
settings = dict(re.findall(r'^(\w+) *= *(.*)$', (root / 'settings.ini').read_text(encoding='utf-8'), re.M))
blob = f"https://github.com/{settings['user']}/{settings['repo']}/blob/{settings['branch']}/nbs/"
pictures = {}


def output(out):
    data = out.get('data', {})
    if 'text/markdown' in data: return ''.join(data['text/markdown'])
    for kind, suffix in (('image/jpeg', 'jpg'), ('image/png', 'png')):
        if kind in data:
            pictures[f'nbs/images/readme-{len(pictures) + 1}.{suffix}'] = base64.b64decode(''.join(data[kind]))
            return f'![source, destination, copy and paste, blend]({list(pictures)[-1]})'
    return ''


def cell_text(cell):
    source = ''.join(cell['source'])
    if cell['cell_type'] == 'markdown': return re.sub(r'\]\((?!https?:|#)([\w./-]+\.ipynb)\)', rf']({blob}\1)', source)
    if re.search(r'^#\| *hide', source, re.M): return ''
    parts = [] if re.search(r'^#\| *echo: *false', source, re.M) else [f'```python\n{source}\n```']
    return '\n\n'.join(filter(None, parts + [output(o) for o in cell['outputs']]))


cells = json.loads((root / 'nbs/index.ipynb').read_text(encoding='utf-8'))['cells']
text = '<!-- Made from nbs/index.ipynb by .ci/readme.py: edit the notebook. -->\n\n'
text += '\n\n'.join(filter(None, map(cell_text, cells))) + '\n'
files = {'README.md': text.encode(), **pictures}
stale = [name for name, data in files.items() if not (root / name).exists() or (root / name).read_bytes() != data]
if '--check' in sys.argv: sys.exit(f'out of step with index.ipynb: {", ".join(stale)}; run python .ci/readme.py' if stale else 0)
for name in stale:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(files[name])
