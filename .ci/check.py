"""Checks of the notebooks that need no Quarto: titles, Colab badges and install cells in step with settings.ini, links."""
import json
import re
import sys
from pathlib import Path

root = Path(__file__).resolve().parent.parent
settings = dict(re.findall(r'^(\w+) *= *(.*)$', (root / 'settings.ini').read_text(encoding='utf-8'), re.M))
home = f"github.com/{settings['user']}/{settings['repo']}"
colab = f"https://colab.research.google.com/github/{settings['user']}/{settings['repo']}/blob/{settings['branch']}/nbs/"
wrong = []
for path in sorted((root / 'nbs').rglob('*.ipynb')):
    name = path.relative_to(root / 'nbs').as_posix()
    cells = json.loads(path.read_text(encoding='utf-8'))['cells']
    texts = [''.join(c['source']) for c in cells]
    prose = '\n'.join(t for c, t in zip(cells, texts) if c['cell_type'] == 'markdown')
    say = lambda what: wrong.append(f'{name}: {what}')
    if not re.match(r'# .+\n\n> .+', texts[0]): say('does not open with a title and a sentence')
    if colab + name not in prose: say(f'no Colab badge to {colab}{name}')
    if not any(f'%pip install -q git+https://{home}\n' in t + '\n' for t in texts): say(f'no install cell for {home}')
    for target in re.findall(r'\]\((?!https?:|#)([^)\s]+)\)', prose):
        if not (path.parent / target.split('#')[0]).exists(): say(f'broken link {target}')
    for text in texts:
        if '#| export' in text and re.search(r'#\| *eval: *false', text): say('an exported cell is not run')
    if any(o['output_type'] == 'error' for c in cells for o in c.get('outputs', [])): say('an error among the saved outputs')
    if path.stat().st_size > 1_500_000: say('larger than 1.5 MB')
sys.exit('\n'.join(wrong) or 0)
