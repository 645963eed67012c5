/** Who signs in, by which way, for whom they may act, and at which unit they work. */
export * from './access/accounts.ts';
export * from './access/posts.ts';
export * from './access/links.ts';
