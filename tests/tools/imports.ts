// Reads which files a source file imports, with TypeScript's own parser: no regular expressions, no guesses.
import { posix } from 'node:path';
import { parse as parseVue } from 'vue/compiler-sfc';
import ts from 'typescript';

/** One import of one file. `typeOnly` ones vanish when the types are stripped, so they never run anything. */
export interface Import {
  /** Path of the importing file, from the root of the project, with slashes. */
  from: string;
  /** What it imports: a path from the root for a relative specifier, else the name of the package (`node:` included). */
  to: string;
  /** True when `to` names a package rather than a file of the project. */
  isPackage: boolean;
  typeOnly: boolean;
  line: number;
}

/** Every import, re-export, `import()` and `import('…')` type of a TypeScript or Vue file. */
export function importsOf(path: string, text: string): Import[] {
  return scriptsOf(path, text).flatMap((script) => {
    const file = ts.createSourceFile(`${path}.ts`, script.text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
    const found: Import[] = [];
    const visit = (node: ts.Node): void => {
      const specifier = specifierOf(node);
      if (specifier) {
        const line = file.getLineAndCharacterOfPosition(node.getStart()).line + script.firstLine;
        found.push({ from: path, ...targetOf(path, specifier.text), typeOnly: specifier.typeOnly, line });
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  });
}

function scriptsOf(path: string, text: string): { text: string; firstLine: number }[] {
  if (!path.endsWith('.vue')) return [{ text, firstLine: 1 }];
  const { script, scriptSetup } = parseVue(text, { filename: path }).descriptor;
  return [script, scriptSetup].flatMap((block) =>
    block ? [{ text: block.content, firstLine: block.loc.start.line }] : [],
  );
}

function specifierOf(node: ts.Node): { text: string; typeOnly: boolean } | null {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return { text: node.moduleSpecifier.text, typeOnly: importsTypesOnly(node.importClause) };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return { text: node.moduleSpecifier.text, typeOnly: node.isTypeOnly };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    return argument && ts.isStringLiteralLike(argument) ? { text: argument.text, typeOnly: false } : null;
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { text: node.argument.literal.text, typeOnly: true };
  }
  return null;
}

/** `import {} from` and `import { type A } from` still run the module; only `import type` does not. */
function importsTypesOnly(clause: ts.ImportClause | undefined): boolean {
  return clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function targetOf(from: string, specifier: string): { to: string; isPackage: boolean } {
  if (specifier.startsWith('.')) {
    return { to: posix.join(posix.dirname(from), specifier.replace(/\?.*$/, '')), isPackage: false };
  }
  const [scope = specifier, name] = specifier.split('/');
  return { to: scope.startsWith('@') && name ? `${scope}/${name}` : scope, isPackage: true };
}
