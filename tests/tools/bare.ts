/** The environment of a child that knows nothing of ours: where programs are, and what Node compiled before. */
const { PATH = '', HOME = '', NODE_COMPILE_CACHE } = process.env;

export const bare: Readonly<Record<string, string>> = { PATH, HOME, ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }) };
