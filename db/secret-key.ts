/** Where the operator's secret comes from: a variable of the environment, or a file that only the product's user may read. */
import { readFileSync, statSync } from 'node:fs';

export interface SecretKey {
  secret: string | undefined;
  /** What the operator should mend though it works: a file that others can read. */
  warning: string | null;
}

/** Group and everybody else: neither needs the secret. */
const OTHERS = 0o077;

/**
 * Reads `NAME`, or the file that `NAME_FILE` names, without the line break at its end.
 * @throws with words when both are set, or the file cannot be read
 */
export function readSecretKey(env: Record<string, string | undefined>, name: string): SecretKey {
  const value = env[name];
  const path = env[`${name}_FILE`];
  if (!path) return { secret: value || undefined, warning: null };
  if (value) throw new Error(`${name} and ${name}_FILE are both set: keep one of them.`);
  const secret = contentOf(path, name).replace(/\r?\n$/, '');
  if (secret === '') throw new Error(`${name}_FILE: ${path} is empty.`);
  // Windows has no such bits: there the folder's own rights protect the file.
  const open = process.platform !== 'win32' && (statSync(path).mode & OTHERS) !== 0;
  return {
    secret,
    warning: open ? `${name}_FILE: ${path} can be read by others; close it with: chmod 600 ${path}` : null,
  };
}

function contentOf(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`${name}_FILE: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`, {
      cause: error,
    });
  }
}
