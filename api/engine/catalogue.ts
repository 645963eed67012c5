/**
 * The services this process knows. A definition is parsed when it is added: an unknown question type, step, article or text
 * stops the start with its name, so that nobody finds it in front of a counter.
 */
import { readdir } from 'node:fs/promises';
import { articles } from '../rulebook.ts';
import { hasText } from '../../locales/index.ts';
import { isConsentPurpose } from '../consent-purposes.ts';
import { purposeOf } from './consents.ts';
import { noSuchService } from './errors.ts';
import type { FormEntry } from './form.ts';
import { typeOf } from './questions/index.ts';
import type { AnyStep, Service, StepVerb } from './service.ts';
import { isSubjectKnown } from './subjects.ts';
import { columnEntries, formKeys, ownForm, serviceKey } from './texts.ts';
import { verbForm } from './verb-forms.ts';

const services = new Map<string, Service>();

/** Parses a definition and offers the service from now on. Throws naming everything that is wrong with it. */
export function addService(service: Service): void {
  const faults = faultsOf(service);
  if (services.has(service.kind)) faults.push('its kind is taken');
  if (faults.length > 0) throw new Error(`The service "${service.kind}" cannot start: ${faults.join('; ')}.`);
  services.set(service.kind, service);
}

export function allServices(): Service[] {
  return [...services.values()];
}

/** The service of a kind. @throws no-such-service */
export function serviceOf(kind: string): Service {
  const found = services.get(kind);
  if (!found) throw noSuchService();
  return found;
}

/** A step of a service; a case at a step that its service lost is a broken deploy, and says so. */
export function stepOf(service: Service, name: string): AnyStep {
  const step = service.steps[name];
  if (!step) throw new Error(`The service "${service.kind}" has no step "${name}".`);
  return step;
}

/** Must somebody in an office act? Not in a step that the clock ends: staff may act in it, and find it in their list. */
export const waitsForStaff = ({ by, after }: AnyStep): boolean =>
  after === undefined && by.some((party) => party === 'clerk' || party === 'lead');

/** `kind step` of every step that waits for staff, as an array of PostgreSQL's: for `kind || ' ' || step = any(…)`. */
export function staffedSteps(): string {
  const names = allServices().flatMap(({ kind, steps }) =>
    Object.entries(steps)
      .filter(([, step]) => waitsForStaff(step))
      .map(([name]) => `"${kind} ${name}"`),
  );
  return `{${names.join(',')}}`;
}

/** May a case at this step be approved with others alike at once? */
export const isTogether = ({ step }: { step: string | null }, service: Service): boolean =>
  step !== null && stepOf(service, step).on.approve?.together === true;

function faultsOf(service: Service): string[] {
  const own = [
    ...service.basis
      .filter((article) => !(articles as readonly string[]).includes(article))
      .map((article) => `unknown article ${article}`),
    ...questionFaults(service.ask.entries, 'ask'),
    ...missing(['title', 'summary'].map((path) => serviceKey(service.kind, path))),
    ...missing(formKeys(service.kind, ownForm, service.ask.entries)),
  ];
  const names = Object.keys(service.steps);
  if (names.length === 0) own.push('no steps');
  if (!isSubjectKnown(service.subject)) own.push(`unknown subject ${service.subject}`);
  own.push(...openFaults(service));
  return [...own, ...names.flatMap((name) => stepFaults(service, name, stepOf(service, name)))];
}

function openFaults({ open, subject, ask }: Service): string[] {
  const faults: string[] = [];
  if (!open.by?.length && !open.due && !open.fromEffect) faults.push('open: nobody opens it');
  if (open.due && !open.one) faults.push('open: who is due would be due again every night without "one"');
  if (open.due && ask.entries.some((entry) => !entry.when && !entry.question.optional))
    faults.push('open: who is due has nobody to answer "ask"');
  if (open.one && subject === 'reported' && !open.about)
    faults.push('open: "one" needs "about" when somebody is reported');
  if (subject === 'named' && !open.about) faults.push('open: somebody named needs "about"');
  if (subject === 'named' && !open.by?.every((capacity) => capacity === 'asker'))
    faults.push('open: of somebody named only an "asker" asks something');
  if (open.one && subject === 'newcomer' && !open.about)
    faults.push('open: without "about" nobody tells one newcomer from another');
  // The first is not shown to the second: whoever names somebody would learn that they applied.
  if (open.one === 'show' && subject === 'newcomer') faults.push('open: newcomers are joined, not shown');
  return faults;
}

function stepFaults(service: Service, name: string, step: AnyStep): string[] {
  const faults = questionFaults(step.ask?.entries ?? [], name);
  for (const move of Object.values(step.on)) faults.push(...questionFaults(move.ask?.entries ?? [], name));
  const asks = (entries: readonly FormEntry[], key: string) => entries.some((entry) => entry.key === key);
  if (step.forwards && !asks(service.ask.entries, step.forwards.answer))
    faults.push(`step ${name}: unknown answer ${step.forwards.answer}`);
  if (step.identifies && !asks(step.ask?.entries ?? [], step.identifies))
    faults.push(`step ${name}: unknown answer ${step.identifies}`);
  if (step.when && !(step.on.approve && step.on.approve.to in service.steps))
    faults.push(`step ${name}: "when" needs an "approve" that leads to a step, to be passed over`);
  for (const [verb, move] of Object.entries(step.on)) {
    const known = ['approved', 'rejected', 'here'].includes(move.to) || move.to in service.steps;
    if (!known) faults.push(`step ${name}: ${verb} leads to the unknown step ${move.to}`);
    faults.push(
      ...missing(
        formKeys(service.kind, { step: name, verb: verb as StepVerb }, verbForm(service, step, verb as StepVerb)),
      ),
    );
  }
  faults.push(...togetherFaults(service, name, step));
  if (step.by.length === 0) faults.push(`step ${name}: nobody acts`);
  if ((step.after === undefined && !step.keepsClock) !== (step.on.expire === undefined))
    faults.push(`step ${name}: "after" and "expire" go together, and so do "keepsClock" and "expire"`);
  if (step.by.includes('retiree') && service.subject !== 'named')
    faults.push(`step ${name}: a retiree is asked only where somebody names them`);
  if (step.by.includes('retiree'))
    faults.push(
      ...missing(['state', 'next', 'staff'].map((part) => serviceKey(service.kind, `steps.${name}.asks.${part}`))),
    );
  if (step.by.includes('leader') !== (step.leaders !== undefined))
    faults.push(`step ${name}: "leader" and "leaders" go together`);
  if (step.by.includes('leader') && verbForm(service, step, 'approve').length > 0)
    faults.push(`step ${name}: a leader only taps, and is asked nothing`);
  if (step.by.includes('leader'))
    faults.push(
      ...missing(['state', 'next', 'approve'].map((part) => serviceKey(service.kind, `steps.${name}.asks.${part}`))),
    );
  for (const sheet of step.print ?? [])
    faults.push(
      ...missing(['title', 'lines', 'sign'].map((part) => serviceKey(service.kind, `print.${sheet}.${part}`))),
    );
  if (!step.entry)
    faults.push(...missing(['title', 'waiting'].map((part) => serviceKey(service.kind, `steps.${name}.${part}`))));
  return faults;
}

/** What is decided for many at once is one tap each, by staff, and stays at its unit; after a death each is looked at alone. */
function togetherFaults(service: Service, name: string, { on }: AnyStep): string[] {
  return Object.entries(on).flatMap(([verb, { together, to }]) => {
    if (!together) return [];
    const asks = verbForm(service, service.steps[name] ?? null, verb as StepVerb, { as: 'staff' }).length > 0;
    const elsewhere = service.steps[to]?.at !== undefined;
    const wrong = verb !== 'approve' || asks || elsewhere || service.tone || service.discreet;
    return wrong ? [`step ${name}: ${verb} cannot be decided for many together`] : [];
  });
}

function questionFaults(entries: readonly FormEntry[], where: string): string[] {
  return entries.flatMap(({ key, question }, index) => {
    const twice = entries.findIndex((entry) => entry.key === key) < index ? [`${where}.${key} is asked twice`] : [];
    const unknown = question.kind === 'consent' && !isConsentPurpose(purposeOf(question));
    if (unknown) twice.push(`${where}.${key}: unknown purpose ${purposeOf(question)}`);
    try {
      typeOf(question);
      return [...twice, ...questionFaults(columnEntries(question.options), `${where}.${key}`)];
    } catch (error) {
      return [...twice, `${where}.${key}: ${(error as Error).message}`];
    }
  });
}

function missing(keys: string[]): string[] {
  return keys.filter((key) => !hasText(key)).map((key) => `text ${key} is missing`);
}

/** Adds every service of a folder: one file, one service, its default export. */
export async function addServicesFrom(folder: URL): Promise<void> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).toSorted();
  for (const file of files) {
    const module = (await import(new URL(file, folder).href)) as { default: Service };
    if (!services.has(module.default.kind)) addService(module.default);
  }
}
