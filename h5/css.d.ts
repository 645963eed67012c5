/** Styles are imported for their effect only; the bundler takes them out. */
declare module '*.css';
