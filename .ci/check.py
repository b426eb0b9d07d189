"""What needs no Quarto to be found wrong: titles, badges, install cells, sidebar, links, captions, equations, names in backticks."""
import ast
import json
import re
import sys
from pathlib import Path

import yaml
from latex2mathml.converter import convert

root = Path(__file__).resolve().parent.parent
nbs = root / 'nbs'
settings = dict(re.findall(r'^(\w+) *= *(.*)$', (root / 'settings.ini').read_text(encoding='utf-8'), re.M))
home = f"https://github.com/{settings['user']}/{settings['repo']}"
badge = f"https://colab.research.google.com/github/{settings['user']}/{settings['repo']}/blob/{settings['branch']}/nbs/"
site = f"https://{settings['user']}.github.io/{settings['repo']}/"
names = re.findall(r"'(gpgan\.[\w.]+)'", (root / 'gpgan/_modidx.py').read_text(encoding='utf-8'))
wrong = []


def slug(heading):
    "The anchor of a heading"
    return re.sub(r'[^\w\- ]', '', heading.strip().lower()).replace(' ', '-')


def check_equations(text, say):
    "Each equation must be one that MathML can be made of"
    text = re.sub(r'```.*?```|`[^`]*`|\\\$', '', text, flags=re.S)
    pattern = r'\$\$(.+?)\$\$|\$(?=\S)([^$\n]+?)(?<=\S)\$(?!\d)'
    for both in re.findall(pattern, text, re.S):
        equation = ''.join(both)
        if equation.count('{') != equation.count('}'): say(f'an equation with braces that do not match: {equation}')
        try: unknown = set(re.findall(r'\\\w+', convert(equation))) - {r'\arg'} # which browsers show well
        except Exception as e: unknown = [type(e).__name__]
        if unknown: say(f'an equation that does not parse ({", ".join(sorted(unknown))}): {equation}')
    if '$' in re.sub(pattern, '', text, flags=re.S): say('a $ without its partner')


def check_links(text, folder, say):
    "Links and images must lead somewhere, as far as that can be told without a network"
    text = re.sub(r'```.*?```', '', text, flags=re.S)
    for target in re.findall(r'\]\(([^)\s]+)[^)]*\)|(?:src|href)="([^"]+)"', text):
        target = ''.join(target)
        path, _, anchor = target.partition('#')
        blob = re.match(rf"{home}/blob/{settings['branch']}/(.+)", path)
        if blob: path = root / blob[1]
        elif path.startswith(site): path = page(path.removeprefix(site))
        elif re.match(r'\w+:', path): continue
        else: path = folder / path if path else None
        if path and not path.exists(): say(f'broken link {target}')
        elif path and anchor and path.suffix == '.ipynb' and anchor not in anchors(path): say(f'no heading for the link {target}')


def page(url):
    "The file that a page of the site is made from"
    folder, _, name = (url or 'index.html').rpartition('/')
    made_from = [p for p in (nbs / folder).glob('*.*') if re.sub(r'^\d+[a-z]*_', '', p.stem) + '.html' == name]
    return (made_from or [nbs / url])[0]


def anchors(path):
    "The anchors of a notebook's page: headings and exported functions"
    cells = json.loads(path.read_text(encoding='utf-8'))['cells']
    headings = [h for c in cells if c['cell_type'] == 'markdown' for h in re.findall(r'^#+ (.+)$', ''.join(c['source']), re.M)]
    return {slug(h) for h in headings} | {name.split('.', 2)[2].lower() for name in names if name.count('.') > 1}


def check_notebook(path):
    name = path.relative_to(nbs).as_posix()
    say = lambda what: wrong.append(f'{name}: {what}')
    cells = json.loads(path.read_text(encoding='utf-8'))['cells']
    texts = [''.join(c['source']) for c in cells]
    prose = '\n\n'.join(t for c, t in zip(cells, texts) if c['cell_type'] == 'markdown')
    code = [(c, t) for c, t in zip(cells, texts) if c['cell_type'] == 'code']
    pictures = [t for c, t in code if any({'image/png', 'image/jpeg'} & set(o.get('data', {})) for o in c['outputs'])]
    exports = any('#| default_exp' in t for t in texts)
    if not re.match(r'# .+\n\n> .+', texts[0]): say('does not open with a title and a sentence')
    if badge + name not in prose: say(f'no Colab badge to {badge}{name}')
    if not any(f'%pip install -q git+{home}\n' in t + '\n' for t in texts): say(f'no install cell for {home}')
    if not pictures: say('no picture among its outputs')
    for text in pictures:
        for option in ('fig-cap', 'fig-alt'):
            if not re.search(rf'^#\| {option}: ".+"$', text, re.M): say(f'no {option} in the cell that draws: {text.splitlines()[0][:60]}')
    for _, text in code:
        if re.search(r'^#\| *exports?\b', text, re.M) and re.search(r'^#\| *eval: *false', text, re.M): say('an exported cell is not run')
        if exports and not re.search(r'^(#\| *export| *%)', text, re.M) and imports(text) and not only_imports(ast.parse(text)): say(f'imports beside other code, which the site would run: {text.splitlines()[0][:60]}')
        if text.startswith('#| export\n') and not only_imports(ast.parse(text)): say(f'code that the site would not show (#| exports shows it): {text.splitlines()[1][:60]}')
    if any(o['output_type'] == 'error' for c, _ in code for o in c['outputs']): say('an error among the saved outputs')
    if path.stat().st_size > 1_500_000: say('larger than 1.5 MB')
    for known in re.findall(r'`(gpgan\.\w+\.\w+)[`(]', prose):
        if known not in names: say(f'`{known}` is not there')
    check_links(prose, path.parent, say)
    check_equations(prose, say)


def is_import(node): return isinstance(node, (ast.Import, ast.ImportFrom))
def imports(code): return any(map(is_import, ast.walk(ast.parse(code))))
def only_imports(tree): return all(is_import(node) or isinstance(node, (ast.If, ast.With)) and only_imports(node) for node in tree.body + getattr(tree, 'orelse', []))


def leaves(entry):
    "The files that a part of the sidebar lists"
    if isinstance(entry, str): return [entry]
    if isinstance(entry, dict): return leaves(entry.get('contents', [])) + leaves(entry.get('href', []))
    return [leaf for e in entry for leaf in leaves(e)]


books = sorted(p for p in nbs.rglob('*.ipynb') if '.ipynb_checkpoints' not in p.parts)
for path in books: check_notebook(path)
for path in (*root.glob('*.md'), *nbs.glob('*.qmd'), nbs / 'llms.txt'): check_links(path.read_text(encoding='utf-8'), path.parent, lambda what: wrong.append(f'{path.name}: {what}'))

website = yaml.safe_load((root / '_quarto.yml').read_text(encoding='utf-8'))['website']
listed, there = set(leaves(website['sidebar']['contents'])), {p.relative_to(nbs).as_posix() for p in books}
wrong += [f'_quarto.yml: the sidebar does not list {name}' for name in sorted(there - listed)]
wrong += [f'_quarto.yml: the sidebar lists {name}, which is not there' for name in sorted(listed - there) if not (nbs / name).exists()]
wrong += [f'_quarto.yml: {name} is not there' for name in (website['favicon'], website['image']) if not (nbs / name).exists()]
index = (nbs / 'index.ipynb').read_text(encoding='utf-8')
wrong += [f'index.ipynb: does not mention {name}' for name in sorted(there - {'index.ipynb'}) if f']({name})' not in index]
for name, said in (('CITATION.cff', (f'repository-code: {home}', f'url: {site[:-1]}', f"version: {settings['version']}")), ('CONTRIBUTING.md', (home,))):
    text = (root / name).read_text(encoding='utf-8')
    wrong += [f'{name}: {what} is not in it, as settings.ini has it' for what in said if what not in text]
pins = set((root / '.ci/constraints.txt').read_text(encoding='utf-8').split())
wrong += [f'.ci/constraints.txt: {pin} is not in dev_requirements' for pin in sorted(pins - set(settings['dev_requirements'].split()))]
sys.exit('\n'.join(wrong) or 0)
