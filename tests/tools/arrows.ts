// Checks that imports follow the plan of the house (house.ts) and that files do not import each other in circles.
// Run by `npm run lint`; prints every offender and ends with 1 if there is one.
import { globSync, readFileSync } from 'node:fs';
import { mayImport, packageRooms, roomOf } from './house.ts';
import { type Import, importsOf } from './imports.ts';

/** What is wrong with one import, or with several that close a circle, in one line. */
export function brokenArrows(imports: readonly Import[]): string[] {
  return [...imports.flatMap((one) => complaint(one) ?? []), ...circles(imports)];
}

function complaint({ from, to, isPackage, typeOnly, line }: Import): string | null {
  const room = roomOf(from);
  if (!room) return `${from}: stands in no room of tests/tools/house.ts`;
  if (isPackage) {
    const home = packageRooms[to];
    return !home || home.includes(room) ? null : `${from}:${line}: ${room} may not import the package ${to}`;
  }
  const target = roomOf(to);
  if (!target) return `${from}:${line}: imports ${to}, which stands in no room of tests/tools/house.ts`;
  if (mayImport(room, target, typeOnly)) return null;
  const hint = mayImport(room, target, true) ? ' (only with `import type`)' : '';
  return `${from}:${line}: ${room} may not import ${target}${hint}: ${to}`;
}

/** Circles of imports that run, one line each. Types may refer to each other: they are gone at run time. */
function circles(imports: readonly Import[]): string[] {
  const next = Map.groupBy(
    imports.filter((one) => !one.isPackage && !one.typeOnly),
    (one) => one.from,
  );
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.push(`circle of imports: ${[...path.slice(start), file].join(' → ')}`);
    if (start >= 0 || done.has(file)) return;
    for (const { to } of next.get(file) ?? []) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return found;
}

function projectFiles(): string[] {
  const folders = ['api', 'bot', 'db', 'h5', 'locales', 'tests'];
  return globSync(['*.ts', ...folders.map((folder) => `${folder}/**/*.{ts,vue}`)])
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
}

if (import.meta.main) {
  const broken = brokenArrows(projectFiles().flatMap((path) => importsOf(path, readFileSync(path, 'utf8'))));
  for (const line of broken) console.error(line);
  if (broken.length > 0) process.exitCode = 1;
}
