/** The id of a question's first field on the page: what the error summary leads to. */
export const fieldId = (key: string): string => `q-${key}`;
