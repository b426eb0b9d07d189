"""Find what is wrong with the site without building it.

Titles, badges, install cells, sidebar, links, captions, equations, names in backticks.
"""
import ast
import json
import re
import sys
from pathlib import Path

import yaml
from latex2mathml.converter import convert

root = Path(__file__).resolve().parent.parent
nbs = root / 'nbs'


def read(path): return Path(path).read_text(encoding='utf-8')


settings = dict(re.findall(r'^(\w+) *= *(.*)$', read(root / 'settings.ini'), re.M))
repository = f"{settings['user']}/{settings['repo']}"
home = f'https://github.com/{repository}'
blob = f"{home}/blob/{settings['branch']}/"
colab = 'https://colab.research.google.com/github/'
badge = f"{colab}{repository}/blob/{settings['branch']}/nbs/"
site = f"https://{settings['user']}.github.io/{settings['repo']}/"
names = re.findall(r"'(gpgan\.[\w.]+)'", read(root / 'gpgan/_modidx.py'))
wrong = []


def slug(heading):
    "The anchor of a heading"
    return re.sub(r'[^\w\- ]', '', heading.strip().lower()).replace(' ', '-')


def unknown_commands(equation):
    "The commands of an equation that MathML cannot show"
    try: found = set(re.findall(r'\\\w+', convert(equation)))
    except Exception as e: return [type(e).__name__]
    return sorted(found - {r'\arg'}) # which browsers show well


def check_equations(text, say):
    "Each equation must be one that MathML can be made of"
    text = re.sub(r'```.*?```|`[^`]*`|\\\$', '', text, flags=re.S)
    pattern = r'\$\$(.+?)\$\$|\$(?=\S)([^$\n]+?)(?<=\S)\$(?!\d)'
    for both in re.findall(pattern, text, re.S):
        equation = ''.join(both)
        braces = equation.count('{') == equation.count('}')
        if not braces: say(f'an equation with braces that do not match: {equation}')
        unknown = ', '.join(unknown_commands(equation))
        if unknown: say(f'an equation that does not parse ({unknown}): {equation}')
    if '$' in re.sub(pattern, '', text, flags=re.S): say('a $ without its partner')


def linked_file(path, folder):
    "The file that a link leads to, if it should be one of ours"
    if path.startswith(blob): return root / path.removeprefix(blob)
    if path.startswith(site): return page(path.removeprefix(site))
    if not path or re.match(r'\w+:', path): return None
    return folder / path


def check_links(text, folder, say):
    "Links and images must lead somewhere, as far as that can be told without a network"
    text = re.sub(r'```.*?```', '', text, flags=re.S)
    for target in re.findall(r'\]\(([^)\s]+)[^)]*\)|(?:src|href)="([^"]+)"', text):
        target = ''.join(target)
        path, _, anchor = target.partition('#')
        file = linked_file(path, folder)
        if file and not file.exists(): say(f'broken link {target}')
        elif file and anchor and file.suffix == '.ipynb' and anchor not in anchors(file):
            say(f'no heading for the link {target}')


def page(url):
    "The file that a page of the site is made from"
    folder, _, name = (url or 'index.html').rpartition('/')
    def made(path): return re.sub(r'^\d+[a-z]*_', '', path.stem) + '.html'
    made_from = [path for path in (nbs / folder).glob('*.*') if made(path) == name]
    return (made_from or [nbs / url])[0]


def cells_of(path):
    "The cells of a notebook, each with its source as one text"
    for cell in json.loads(read(path))['cells']: yield cell, ''.join(cell['source'])


def anchors(path):
    "The anchors of a notebook's page: headings and exported functions"
    prose = [text for cell, text in cells_of(path) if cell['cell_type'] == 'markdown']
    headings = [h for text in prose for h in re.findall(r'^#+ (.+)$', text, re.M)]
    functions = [name.split('.', 2)[2].lower() for name in names if name.count('.') > 1]
    return {*map(slug, headings), *functions}


def has_picture(cell):
    return any({'image/png', 'image/jpeg'} & set(o.get('data', {})) for o in cell['outputs'])


def is_import(node): return isinstance(node, (ast.Import, ast.ImportFrom))
def imports(code): return any(map(is_import, ast.walk(ast.parse(code))))


def only_imports(tree):
    "Whether there is nothing but imports, perhaps inside of if and with"
    nested = [node for node in tree.body + getattr(tree, 'orelse', []) if not is_import(node)]
    return all(isinstance(node, (ast.If, ast.With)) and only_imports(node) for node in nested)


def check_opening(name, texts, prose, say):
    "The first cells of every notebook are alike"
    if not re.match(r'# .+\n\n> .+', texts[0]): say('does not open with a title and a sentence')
    if badge + name not in prose: say(f'no Colab badge to {badge}{name}')
    install = f'%pip install -q git+{home}\n'
    if not any(install in text + '\n' for text in texts): say(f'no install cell for {home}')


def check_pictures(code, say):
    "Each picture has a caption and an alternative text"
    pictures = [text for cell, text in code if has_picture(cell)]
    if not pictures: say('no picture among its outputs')
    for text in pictures:
        for option in ('fig-cap', 'fig-alt'):
            if not re.search(rf'^#\| {option}: ".+"$', text, re.M):
                say(f'no {option} in the cell that draws: {text.splitlines()[0][:60]}')


def check_code(text, exports, say):
    "What nbdev would not export, run or show"
    exported, lines = re.search(r'^#\| *exports?\b', text, re.M), text.splitlines()
    if exported and re.search(r'^#\| *eval: *false', text, re.M): say('an exported cell is not run')
    looked_at = exports and not re.search(r'^(#\| *export| *%)', text, re.M)
    if looked_at and imports(text) and not only_imports(ast.parse(text)):
        say(f'imports beside other code, which the site would run: {lines[0][:60]}')
    if text.startswith('#| export\n') and not only_imports(ast.parse(text)):
        say(f'code that the site would not show (#| exports shows it): {lines[1][:60]}')


def check_notebook(path):
    "All that can be checked in one notebook"
    name, cells = path.relative_to(nbs).as_posix(), list(cells_of(path))
    def say(what): wrong.append(f'{name}: {what}')
    texts = [text for _, text in cells]
    prose = '\n\n'.join(text for cell, text in cells if cell['cell_type'] == 'markdown')
    code = [(cell, text) for cell, text in cells if cell['cell_type'] == 'code']
    check_opening(name, texts, prose, say)
    check_pictures(code, say)
    exports = any('#| default_exp' in text for text in texts)
    for _, text in code: check_code(text, exports, say)
    kinds = {output['output_type'] for cell, _ in code for output in cell['outputs']}
    if 'error' in kinds: say('an error among the saved outputs')
    if path.stat().st_size > 1_500_000: say('larger than 1.5 MB')
    for known in re.findall(r'`(gpgan\.\w+\.\w+)[`(]', prose):
        if known not in names: say(f'`{known}` is not there')
    check_links(prose, path.parent, say)
    check_equations(prose, say)


def check_text(path):
    "The links of a page that is no notebook"
    check_links(read(path), path.parent, lambda what: wrong.append(f'{path.name}: {what}'))


def leaves(entry):
    "The files that a part of the sidebar lists"
    if isinstance(entry, str): return [entry]
    if isinstance(entry, dict): entry = [entry.get('contents', []), entry.get('href', [])]
    return [leaf for part in entry for leaf in leaves(part)]


def check_lists(there):
    "The sidebar and the front page list all notebooks"
    website = yaml.safe_load(read(root / '_quarto.yml'))['website']
    listed = set(leaves(website['sidebar']['contents']))
    for name in sorted(there - listed): wrong.append(f'_quarto.yml: the sidebar lacks {name}')
    for name in [*sorted(listed - there), website['favicon'], website['image']]:
        if not (nbs / name).exists(): wrong.append(f'_quarto.yml: {name} is not there')
    index = read(nbs / 'index.ipynb')
    for name in sorted(there - {'index.ipynb'}):
        if f']({name})' not in index: wrong.append(f'index.ipynb: does not mention {name}')


def check_settings():
    "What other files repeat is as settings.ini has it"
    version = f"version: {settings['version']}"
    repeated = {'CITATION.cff': (f'repository-code: {home}', f'url: {site[:-1]}', version),
                'CONTRIBUTING.md': (home,)}
    for name, said in repeated.items():
        lacking = [what for what in said if what not in read(root / name)]
        wrong.extend(f'{name}: {what} is not in it, as settings.ini has it' for what in lacking)
    pins = set(read(root / '.ci/constraints.txt').split())
    for pin in sorted(pins - set(settings['dev_requirements'].split())):
        wrong.append(f'.ci/constraints.txt: {pin} is not in dev_requirements')


books = sorted(p for p in nbs.rglob('*.ipynb') if '.ipynb_checkpoints' not in p.parts)
for path in books: check_notebook(path)
for path in (*root.glob('*.md'), *nbs.glob('*.qmd'), nbs / 'llms.txt'): check_text(path)
check_lists({path.relative_to(nbs).as_posix() for path in books})
check_settings()
sys.exit('\n'.join(wrong) or 0)
