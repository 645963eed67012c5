/** Goes through XML that comes in pieces. */
import { Parser } from 'htmlparser2';

/** Told of every tag and text in turn; names are without the prefix of their namespace. */
export interface Visitor {
  open?: (tag: string, attributes: Record<string, string>) => void;
  close?: (tag: string) => void;
  /** A text may come in several. */
  text?: (text: string) => void;
}

/** Yields what the visitor gives, piece after piece. Throws when the XML ends before its last tag is closed. */
export async function* walk<T>(
  xml: AsyncIterable<string>,
  visitorOf: (give: (one: T) => void) => Visitor,
): AsyncGenerator<T> {
  const given: T[] = [];
  const visitor = visitorOf((one) => given.push(one));
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        visitor.open?.(bare(name), attributes);
      },
      onclosetag(name) {
        depth -= 1;
        visitor.close?.(bare(name));
      },
      ontext: (text) => visitor.text?.(text),
    },
    { xmlMode: true },
  );
  for await (const piece of xml) {
    parser.write(piece);
    yield* given.splice(0);
  }
  if (depth > 0) throw new Error('the XML is cut off');
  parser.end();
  yield* given;
}

function bare(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
