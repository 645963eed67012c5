// Which texts the sources speak of. A key is mentioned by a string literal (`'engine:verbs.approve.label'`, or without
// the namespace) or by a template (`engine:verbs.${verb}.label`) whose holes are filled by words that the sources know:
// so the text of a verb that no longer exists is found although the template would still match it.
import { compileTemplate, parse as parseVue } from 'vue/compiler-sfc';
import ts from 'typescript';

export interface Mentions {
  literals: Set<string>;
  /** Templates as patterns: what stands in a hole is a group. */
  templates: Map<string, RegExp>;
  /** Every identifier, property name and string: what a hole may be filled with. */
  words: Set<string>;
}

/** The mentions in a set of TypeScript and Vue files, given as path and text. */
export function mentionsIn(files: Iterable<readonly [path: string, text: string]>): Mentions {
  const found: Mentions = { literals: new Set(), templates: new Map(), words: new Set() };
  for (const [path, text] of files) for (const script of scriptsOf(path, text)) collect(script, found);
  return found;
}

/** Is the key `namespace:path` (without a plural ending) spoken of? */
export function isMentioned(key: string, mentions: Mentions): boolean {
  const path = key.slice(key.indexOf(':') + 1);
  if (mentions.literals.has(key) || mentions.literals.has(path)) return true;
  if (groupsOf(key).some((group) => mentions.literals.has(group))) return true;
  return [...mentions.templates.values()].some((template) => {
    const holes = template.exec(key) ?? template.exec(path);
    return holes?.slice(1).every((hole) => isKnown(hole, mentions.words)) ?? false;
  });
}

/** Strings in the sources that look like a key of one of these namespaces. */
export function keysMentioned(mentions: Mentions, namespaces: ReadonlySet<string>): string[] {
  return [...mentions.literals].filter((text) => {
    const [namespace = '', path, ...rest] = text.split(':');
    return path !== undefined && rest.length === 0 && namespaces.has(namespace) && /^[\w-]+(\.[\w-]+)*$/.test(path);
  });
}

/** The groups that a key stands in, with namespace: naming a group reads all of it. */
function groupsOf(key: string): string[] {
  const [namespace = '', path = ''] = key.split(':');
  const names = path.split('.');
  return names.slice(1).map((_, count) => `${namespace}:${names.slice(0, count + 1).join('.')}`);
}

function isKnown(hole: string, words: ReadonlySet<string>): boolean {
  return words.has(hole) || hole.split('.').every((word) => words.has(word) || /^\d+$/.test(word));
}

function scriptsOf(path: string, text: string): string[] {
  if (!path.endsWith('.vue')) return [text];
  const { script, scriptSetup, template } = parseVue(text, { filename: path }).descriptor;
  const render = template ? [compileTemplate({ source: template.content, filename: path, id: path }).code] : [];
  return [...[script, scriptSetup].flatMap((block) => (block ? [block.content] : [])), ...render];
}

function collect(script: string, found: Mentions): void {
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) {
      found.literals.add(node.text);
      found.words.add(node.text);
    } else if (ts.isTemplateExpression(node)) {
      const parts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
      // A template without a fixed name in it says nothing about which texts it reads.
      const shape = parts.join('*');
      if (/[A-Za-z]/.test(shape) && /[.:]/.test(shape)) found.templates.set(shape, pattern(parts));
    } else if (ts.isIdentifier(node)) {
      found.words.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', script, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS));
}

const pattern = (parts: readonly string[]): RegExp =>
  new RegExp(`^${parts.map((part) => RegExp.escape(part)).join('([^:]+)')}$`);
