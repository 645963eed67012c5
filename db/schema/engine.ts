/** Drafts, cases and what happens to them. Personal words are sealed and stand apart from the chain of events. */
export * from './engine/cases.ts';
export * from './engine/events.ts';
export * from './engine/files.ts';
