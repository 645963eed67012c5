/** All tables, one file a domain. */
export * from './access.ts';
export * from './activities.ts';
export * from './calendar.ts';
export * from './care.ts';
export * from './deaths.ts';
export * from './delivery.ts';
export * from './engine.ts';
export * from './groups.ts';
export * from './leaves.ts';
export * from './notices.ts';
export * from './policy.ts';
export * from './escalation.ts';
export * from './figures.ts';
export * from './registry.ts';
export * from './responsible.ts';
export * from './retention.ts';
export * from './settings.ts';
