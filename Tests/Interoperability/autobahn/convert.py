"""Converts the installed suite, which is Python 2, to what Python 3 runs with `python2.py` beside it.

    convert.py FOLDER               writes FOLDER/autobahntestsuite, only the parts that fuzz

lib2to3 does the syntax; `Semantics` does what means something else in Python 3. Sources are read as Latin-1, so that
each byte of a literal becomes a character of its own, as `python2.py` wants it.
"""

import ast
import importlib.metadata
import shutil
import sys
import warnings
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from lib2to3.refactor import RefactoringTool

SYNTAX = ["except", "has_key", "import", "numliterals", "print", "raise", "unicode", "xrange"]
# What python2.py has in their place; implements is of no use any more.
REPLACED = {"binascii", "hashlib", "Utf8Validator", "implements"}


class Semantics(ast.NodeTransformer):
    def visit_Call(self, node):
        """`a.encode(b)` to `encoded(a, b)`, and so for decode."""
        self.generic_visit(node)
        match node.func:
            case ast.Attribute(value, "encode" | "decode" as name):
                return ast.Call(ast.Name(name + "d", ast.Load()), [value, *node.args], node.keywords)
        return node

    def visit_BinOp(self, node):
        """Every division in these files is one of whole numbers."""
        self.generic_visit(node)
        if isinstance(node.op, ast.Div):
            node.op = ast.FloorDiv()
        return node

    def visit_Tuple(self, node):
        """The bases `(object, Case)`: all classes are objects now, and it may no longer come first."""
        self.generic_visit(node)
        match node.elts:
            case [ast.Name("object"), *others]:
                node.elts = others
        return node

    def visit_Expr(self, node):
        """`implements(…)` in a class, which zope.interface has no more; it only declares."""
        match node.value:
            case ast.Call(ast.Name("implements")):
                return ast.Pass()
        return self.generic_visit(node)

    def visit_Import(self, node):
        node.names = [alias for alias in node.names if alias.name not in REPLACED]
        return node if node.names else None

    visit_ImportFrom = visit_Import


def converted(source: Path, tool: RefactoringTool) -> str:
    # The name tells the fixer of imports which modules are neighbours.
    syntax = str(tool.refactor_string(source.read_text("latin-1").rstrip() + "\n", str(source)))
    tree = ast.fix_missing_locations(Semantics().visit(ast.parse(syntax)))
    return "from python2 import *\n" + ast.unparse(tree) + "\n"


def convert(folder: Path) -> None:
    installed = Path(importlib.metadata.distribution("autobahntestsuite").locate_file("autobahntestsuite"))
    target = folder / "autobahntestsuite"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(installed / "testdata", target / "testdata")
    (target / "case").mkdir()
    tool = RefactoringTool([f"lib2to3.fixes.fix_{name}" for name in SYNTAX])
    for source in [*installed.glob("*.py"), *installed.glob("case/*.py")]:
        (target / source.relative_to(installed)).write_text(converted(source, tool))
    # Its own would import all that does not fuzz as well.
    version = importlib.metadata.version("autobahntestsuite")
    (target / "__init__.py").write_text(f"version = {version!r}\n")


convert(Path(sys.argv[1]))
