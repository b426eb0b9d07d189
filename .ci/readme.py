"""Make README.md from nbs/index.ipynb, and nbs/api.qmd and nbs/llms.txt from the modules and notebooks (with --check: fail if one is out of step)."""
import ast
import base64
import json
import re
import sys
from pathlib import Path

import yaml

root = Path(__file__).resolve().parent.parent
nbs = root / 'nbs'
settings = dict(re.findall(r'^(\w+) *= *(.*)$', (root / 'settings.ini').read_text(encoding='utf-8'), re.M))
blob = f"https://github.com/{settings['user']}/{settings['repo']}/blob/{settings['branch']}/nbs/"
site = f"https://{settings['user']}.github.io/{settings['repo']}/"
pictures = {}


def output(out, alt):
    data = out.get('data', {})
    if 'text/markdown' in data: return ''.join(data['text/markdown'])
    for kind, suffix in (('image/jpeg', 'jpg'), ('image/png', 'png')):
        if kind in data:
            pictures[f'nbs/images/readme-{len(pictures) + 1}.{suffix}'] = base64.b64decode(''.join(data[kind]))
            return f'![{alt}]({list(pictures)[-1]})'
    return ''


def cell_text(cell):
    source = ''.join(cell['source'])
    if cell['cell_type'] == 'markdown': return re.sub(r'\]\((?!https?:|#)([\w./-]+\.ipynb(?:#[\w-]+)?)\)', rf']({blob}\1)', source)
    if re.search(r'^#\| *hide', source, re.M): return ''
    alt = re.search(r'^#\| fig-alt: "(.+)"$', source, re.M)
    code = re.sub(r'^#\|.*\n', '', source, flags=re.M)
    parts = [] if re.search(r'^#\| *echo: *false', source, re.M) else [f'```python\n{code}\n```']
    return '\n\n'.join(filter(None, parts + [output(o, alt and alt[1]) for o in cell['outputs']]))


def readme():
    cells = json.loads((nbs / 'index.ipynb').read_text(encoding='utf-8'))['cells']
    return '<!-- Made from nbs/index.ipynb by .ci/readme.py: edit the notebook. -->\n\n' + '\n\n'.join(filter(None, map(cell_text, cells))) + '\n'


def parameters(function, lines):
    "A table row for each parameter of a function and for what it returns, from the comments at their ends"
    comment = lambda node: lines[node.end_lineno - 1].partition(' # ')[2].replace('|', r'\|')
    code = lambda text: f'`{text}`' if text else ''
    args = [*function.args.posonlyargs, *function.args.args]
    defaults = [None] * (len(args) - len(function.args.defaults)) + function.args.defaults
    starred = [(f'{stars}{a.arg}', a, None) for stars, a in (('*', function.args.vararg), ('**', function.args.kwarg)) if a]
    for name, arg, default in [*((a.arg, a, d) for a, d in zip(args, defaults)), *starred]:
        kind = ' = '.join(filter(None, [arg.annotation and ast.unparse(arg.annotation), default and ast.unparse(default)]))
        if name != 'self': yield f'| `{name}` | {code(kind)} | {comment(default or arg)} |'
    if function.returns: yield f'| *returns* | {code(ast.unparse(function.returns))} | {comment(function.returns)} |'


def api_parts(module):
    "A section for a module, with a table for each public function and class"
    source = module.read_text(encoding='utf-8')
    notebook = re.search(r'File to edit: \.\./nbs/(\S+\.ipynb)', source)[1]
    tree, lines = ast.parse(source), source.splitlines()
    yield f'## gpgan.{module.stem}\n\n{ast.get_docstring(tree)} [The notebook]({notebook}) builds it.'
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith('_'):
            call = node if isinstance(node, ast.FunctionDef) else next((n for n in node.body if getattr(n, 'name', '') == '__init__'), None)
            rows = list(parameters(call, lines)) if call else []
            yield f'### [{node.name}]({notebook}#{node.name.lower()})\n\n{ast.get_docstring(node) or ""}'
            if rows: yield '\n'.join(['| | | |', '|---|---|---|', *rows])


def api():
    modules = [p for p in (root / settings['lib_path']).glob('*.py') if not p.name.startswith('_')]
    modules.sort(key=lambda p: re.search(r'nbs/(\S+)', p.read_text(encoding='utf-8'))[1])
    head = '---\ntitle: Functions\ndescription: Every function and class of the package, its parameters, and the notebook that builds it.\n---\n\n<!-- Made by .ci/readme.py -->'
    return '\n\n'.join([head, *(part for module in modules for part in api_parts(module))]) + '\n'


def llms():
    lines = [f"# {settings['title']}\n\n> {settings['description']}\n\nThe pages are Jupyter notebooks; their sources are at {blob}"]
    for part in yaml.safe_load((root / '_quarto.yml').read_text(encoding='utf-8'))['website']['sidebar']['contents']:
        lines.append(f"\n## {part['section']}\n")
        for path in (nbs / name for name in part['contents'] if name.endswith('.ipynb') and (nbs / name).exists()):
            title, sentence = re.match(r'# (.+)\n+> (.+)', ''.join(json.loads(path.read_text(encoding='utf-8'))['cells'][0]['source'])).groups()
            name = re.sub(r'^\d+[a-z]*_', '', path.stem)
            lines.append(f'- [{title}]({site}{path.with_name(name).relative_to(nbs).as_posix()}.html): {sentence}')
    return '\n'.join(lines) + '\n'


texts = {'README.md': readme(), 'nbs/api.qmd': api(), 'nbs/llms.txt': llms()}
files = {name: text.encode() for name, text in texts.items()} | pictures
stale = [name for name, data in files.items() if not (root / name).exists() or (root / name).read_bytes() != data]
if '--check' in sys.argv: sys.exit(f'out of step: {", ".join(stale)}; run python .ci/readme.py' if stale else 0)
for name in stale:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(files[name])
