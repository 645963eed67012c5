/** What PostgreSQL refused, told apart by its code. The transaction is lost either way. */

const codeOf = (error: unknown): string | undefined => {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return undefined;
};

/** Another row has the same key. */
export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === '23505';

/** Other rows still name the one that was to go. */
export const isStillNamed = (error: unknown): boolean => codeOf(error) === '23503';
