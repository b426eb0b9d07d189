"""Fails where a module imports upwards, in a circle or something private, or has a long function.

`.ci/exceptions.txt` lists what does not hold yet; it may only become shorter.
"""
import ast
import io
import re
import sys
import tokenize
from pathlib import Path

paths = [a for a in sys.argv[1:] if not a.startswith('--')]
root = Path(paths[0]) if paths else Path(__file__).resolve().parent.parent
longest = 15 # lines of a function's body
late = { # imports inside a function that may go upwards: what only some callers need
    ('colors', 'unsupervised'), # the colors of a generator
    ('colors', 'networks'), # the colors of a network
    ('cli', 'app'), # the command that starts the page
}
ignored = {tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT,
           tokenize.ENCODING, tokenize.ENDMARKER}
wrong = []


def notebook(text):
    "The number of the notebook that a module is exported from, as a key to sort by"
    found = re.search(r'File to edit: \.\./nbs/(\d+)([a-z]*)_', text)
    return found and (int(found[1]), found[2])


def imports(tree):
    "Module, names and whether it is inside a function, of each import from the package"
    inside = {id(node) for f in ast.walk(tree) if isinstance(f, (ast.FunctionDef, ast.Lambda))
              for node in ast.walk(f)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = [alias.name for alias in node.names]
            module = re.sub(r'^gpgan\.?', '', node.module or '')
            own = node.level or (node.module or '').split('.')[0] == 'gpgan'
            if own and module: yield module, names, id(node) in inside
            elif own: yield from ((name, [], id(node) in inside) for name in names)
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith('gpgan.'): yield alias.name[6:], [], id(node) in inside


def private_attributes(tree):
    "Private names of modules of the package that are imported whole"
    modules = {alias.asname or alias.name for node in ast.walk(tree)
               if isinstance(node, ast.ImportFrom) and node.module in (None, 'gpgan')
               for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            private = node.attr.startswith('_') and not node.attr.startswith('__')
            if private and node.value.id in modules: yield f'{node.attr} of {node.value.id}'


def body(function):
    "The statements of a function without its docstring"
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return function.body[documented:]


def functions(tree, prefix=''):
    "Name and definition of each function and method"
    for node in tree.body:
        if isinstance(node, ast.ClassDef): yield from functions(node, f'{prefix}{node.name}.')
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)): yield prefix + node.name, node


def tokens_of_lines(text):
    "How many tokens each line of code begins with"
    count = {}
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in ignored: count[token.start[0]] = count.get(token.start[0], 0) + 1
    return count


def check_imports(name, number, tree):
    wrong.extend(f'{name} uses {private}' for private in private_attributes(tree))
    for module, names, inside in imports(tree):
        private = [n for n in names if n.startswith('_')]
        if private: wrong.append(f'{name} imports {", ".join(private)} of {module}')
        if not inside: graph[name].add(module)
        above = numbers.get(module, number) > number
        if above and not (inside and (name, module) in late): upwards.add(f'{name}->{module}')


def check_circles(graph):
    "Walk down the imports; a module on its own path is a circle"
    done = set()
    def walk(name, path):
        if name in path: wrong.append('circle: ' + ' -> '.join([*path[path.index(name):], name]))
        elif name not in done:
            for other in sorted(graph.get(name, ())): walk(other, [*path, name])
            done.add(name)
    for name in sorted(graph): walk(name, [])


def read_exceptions(path):
    "What does not hold yet: imports as module->module, functions with their length"
    lines = path.read_text(encoding='utf-8').splitlines() if path.exists() else []
    return {line for line in lines if line and not line.startswith('#')}


def check_exceptions(found, known):
    "What is found must be known, and what is known must be found"
    for line in sorted(found - known):
        name, _, length = line.partition(' ')
        if length: wrong.append(f'{name} has a body of {length} lines: {longest} at most')
        else: wrong.append(f'{name} is an import from a later notebook')
    stale = sorted(known - found)
    wrong.extend(f'{line} holds no more: take it out of .ci/exceptions.txt' for line in stale)


def check_module(name):
    "Check a module; returns the lengths of its functions, and the tokens of each of their lines"
    tree, count = ast.parse(texts[name]), tokens_of_lines(texts[name])
    check_imports(name, numbers[name], tree)
    lengths, tokens = {}, []
    for function, node in functions(tree):
        spans = [range(part.lineno, part.end_lineno + 1) for part in body(node)]
        rows = sorted({row for span in spans for row in span} & set(count))
        lengths[f'{name}.{function}'] = len(rows)
        tokens += [count[row] for row in rows]
    return lengths, tokens


texts = {p.stem: p.read_text(encoding='utf-8') for p in sorted((root / 'gpgan').glob('*.py'))}
numbers = {name: notebook(text) for name, text in texts.items()}
numbers = {name: number for name, number in numbers.items() if number}
graph, upwards, lengths, tokens = {name: set() for name in numbers}, set(), {}, []
for name in numbers:
    more_lengths, more_tokens = check_module(name)
    lengths |= more_lengths
    tokens += more_tokens
check_circles(graph)
found = upwards | {f'{name} {length}' for name, length in lengths.items() if length > longest}
if '--list' in sys.argv: print(*sorted(found), sep='\n')
else: check_exceptions(found, read_exceptions(root / '.ci/exceptions.txt'))
print(f'{len(numbers)} modules; {len(lengths)} functions of at most {max(lengths.values())} lines, '
      f'{sum(tokens) / len(tokens):.1f} tokens a line; {len(found)} exceptions', file=sys.stderr)
sys.exit('\n'.join(wrong) or 0)
