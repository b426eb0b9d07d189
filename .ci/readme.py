"""Make what repeats what notebooks and modules say.

README.md from nbs/index.ipynb, nbs/api.qmd and nbs/llms.txt from the modules and notebooks; with
--check: fail if one is out of step.
"""
import ast
import base64
import json
import re
import sys
from pathlib import Path

import yaml

root = Path(__file__).resolve().parent.parent
nbs = root / 'nbs'


def read(path): return Path(path).read_text(encoding='utf-8')


settings = dict(re.findall(r'^(\w+) *= *(.*)$', read(root / 'settings.ini'), re.M))
home = f"https://github.com/{settings['user']}/{settings['repo']}"
blob = f"{home}/blob/{settings['branch']}/nbs/"
site = f"https://{settings['user']}.github.io/{settings['repo']}/"
pictures = {}


def picture(data, alt):
    "A saved picture as Markdown; its bytes are kept in `pictures`"
    for kind, suffix in (('image/jpeg', 'jpg'), ('image/png', 'png')):
        if kind in data:
            name = f'nbs/images/readme-{len(pictures) + 1}.{suffix}'
            pictures[name] = base64.b64decode(''.join(data[kind]))
            return f'![{alt}]({name})'
    return ''


def output(out, alt):
    "An output of a cell as Markdown"
    data = out.get('data', {})
    if 'text/markdown' in data: return ''.join(data['text/markdown'])
    return picture(data, alt)


def cell_text(cell):
    "A cell as Markdown, with its links to notebooks made whole"
    source = ''.join(cell['source'])
    if cell['cell_type'] == 'markdown':
        local = r'\]\((?!https?:|#)([\w./-]+\.ipynb(?:#[\w-]+)?)\)'
        return re.sub(local, rf']({blob}\1)', source)
    if re.search(r'^#\| *hide', source, re.M): return ''
    alt = re.search(r'^#\| fig-alt: "(.+)"$', source, re.M)
    shown = not re.search(r'^#\| *echo: *false', source, re.M)
    code = re.sub(r'^#\|.*\n', '', source, flags=re.M)
    outputs = [output(o, alt and alt[1]) for o in cell['outputs']]
    return '\n\n'.join(filter(None, [f'```python\n{code}\n```' if shown else '', *outputs]))


def readme():
    "README.md, from the cells of the front page"
    note = '<!-- Made from nbs/index.ipynb by .ci/readme.py: edit the notebook. -->'
    cells = json.loads(read(nbs / 'index.ipynb'))['cells']
    return '\n\n'.join([note, *filter(None, map(cell_text, cells))]) + '\n'


def comment(node, lines):
    "What is said at the end of a node's last line"
    return lines[node.end_lineno - 1].partition(' # ')[2].replace('|', r'\|')


def code(text): return f'`{text}`' if text else ''


def arguments(args):
    "Each parameter: how it is called, its node, its default"
    named = [*args.posonlyargs, *args.args]
    defaults = [None] * (len(named) - len(args.defaults)) + args.defaults
    yield from ((arg.arg, arg, default) for arg, default in zip(named, defaults, strict=True))
    if args.vararg: yield f'*{args.vararg.arg}', args.vararg, None
    if args.kwarg: yield f'**{args.kwarg.arg}', args.kwarg, None


def parameters(function, lines):
    "A table row for each parameter of a function and for what it returns"
    for name, arg, default in arguments(function.args):
        said = [ast.unparse(node) for node in (arg.annotation, default) if node]
        if name == 'self': continue
        yield f'| `{name}` | {code(" = ".join(said))} | {comment(default or arg, lines)} |'
    if not function.returns: return
    result = code(ast.unparse(function.returns))
    yield f'| *returns* | {result} | {comment(function.returns, lines)} |'


def called(node):
    "The function that is called for a function or class, or `None`"
    if isinstance(node, ast.FunctionDef): return node
    return next((n for n in node.body if getattr(n, 'name', '') == '__init__'), None)


def api_parts(module):
    "A section for a module, with a table for each public function and class"
    source = read(module)
    notebook = re.search(r'File to edit: \.\./nbs/(\S+\.ipynb)', source)[1]
    tree, lines = ast.parse(source), source.splitlines()
    about = f'{ast.get_docstring(tree)} [The notebook]({notebook}) builds it.'
    yield f'## gpgan.{module.stem}\n\n{about}'
    for node in tree.body:
        wanted = isinstance(node, (ast.FunctionDef, ast.ClassDef))
        if not wanted or node.name.startswith('_'): continue
        call = called(node)
        rows = list(parameters(call, lines)) if call else []
        title = f'### [{node.name}]({notebook}#{node.name.lower()})'
        yield f'{title}\n\n{ast.get_docstring(node) or ""}'
        if rows: yield '\n'.join(['| | | |', '|---|---|---|', *rows])


api_about = ('Every function and class of the package, its parameters, '
             'and the notebook that builds it.')
api_head = f"""---
title: Functions
description: {api_about}
---

<!-- Made by .ci/readme.py -->"""


def api():
    "nbs/api.qmd, from the modules in the order of their notebooks"
    files = (root / settings['lib_path']).glob('*.py')
    modules = [p for p in files if not p.name.startswith('_')]
    modules.sort(key=lambda p: re.search(r'nbs/(\S+)', read(p))[1])
    parts = (part for module in modules for part in api_parts(module))
    return '\n\n'.join([api_head, *parts]) + '\n'


def llms_line(path):
    "A notebook's title, address and sentence"
    first = ''.join(json.loads(read(path))['cells'][0]['source'])
    title, sentence = re.match(r'# (.+)\n+> (.+)', first).groups()
    name = path.with_name(re.sub(r'^\d+[a-z]*_', '', path.stem)).relative_to(nbs).as_posix()
    return f'- [{title}]({site}{name}.html): {sentence}'


def llms():
    "nbs/llms.txt, from the sidebar"
    about = f'The pages are Jupyter notebooks; their sources are at {blob}'
    lines = [f"# {settings['title']}\n\n> {settings['description']}\n\n{about}"]
    for part in yaml.safe_load(read(root / '_quarto.yml'))['website']['sidebar']['contents']:
        lines.append(f"\n## {part['section']}\n")
        paths = [nbs / name for name in part['contents'] if name.endswith('.ipynb')]
        lines += [llms_line(path) for path in paths if path.exists()]
    return '\n'.join(lines) + '\n'


def is_stale(name, data): return not (root / name).exists() or (root / name).read_bytes() != data


texts = {'README.md': readme(), 'nbs/api.qmd': api(), 'nbs/llms.txt': llms()}
files = {name: text.encode() for name, text in texts.items()} | pictures
stale = [name for name, data in files.items() if is_stale(name, data)]
advice = f'out of step: {", ".join(stale)}; run python .ci/readme.py'
if '--check' in sys.argv: sys.exit(advice if stale else 0)
for name in stale:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(files[name])
