/** The OpenAPI description of services' answers, made from the definitions when somebody asks for the document. */
import type { FormEntry } from './form.ts';
import { allServices } from './catalogue.ts';
import { typeOf } from './questions/index.ts';

type Schema = Record<string, unknown>;

/** One schema a service: what may be sent as its answers. */
export function describeServices(): Record<string, Schema> {
  return Object.fromEntries(
    allServices().map((service) => [`answers-${service.kind}`, answersSchema(service.ask.entries)]),
  );
}

function answersSchema(entries: readonly FormEntry[]): Schema {
  return {
    type: 'object',
    required: entries.filter((entry) => !entry.when && !entry.question.optional).map((entry) => entry.key),
    properties: Object.fromEntries(
      entries.map(({ key, question }) => {
        const schema = typeOf(question).schema(question.options);
        return [key, question.optional ? { anyOf: [schema, { type: 'null' }] } : schema];
      }),
    ),
  };
}
