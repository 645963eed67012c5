/** Words for a service that nobody will read: each text says its own key. */
import { allServices, addService } from '../../../api/engine/catalogue.ts';
import type { AnyStep, Service, StepVerb } from '../../../api/engine/service.ts';
import { formKeys, ownForm, serviceKey } from '../../../api/engine/texts.ts';
import { verbForm } from '../../../api/engine/verb-forms.ts';
import { addTexts } from '../../../locales/index.ts';

/** Adds services with such words, those that are not there yet. */
export function addPlainly(...services: Service[]): void {
  for (const service of services) {
    addPlainTexts(service);
    if (!allServices().some((one) => one.kind === service.kind)) addService(service);
  }
}

export function addPlainTexts(service: Service): void {
  const keys = [
    ...['title', 'summary'].map((path) => serviceKey(service.kind, path)),
    ...formKeys(service.kind, ownForm, service.ask.entries),
    ...Object.entries(service.steps).flatMap(([name, step]) => stepKeys(service, name, step)),
  ];
  const namespace = `services/${service.kind}`;
  for (const key of keys.filter((one) => one.startsWith(namespace))) {
    const path = key.slice(namespace.length + 1);
    addTexts('zh-CN', namespace, nested(path.split('.'), path));
  }
}

function stepKeys(service: Service, name: string, step: AnyStep): string[] {
  return [
    ...['title', 'waiting'].map((part) => serviceKey(service.kind, `steps.${name}.${part}`)),
    ...Object.keys(step.on).flatMap((verb) => {
      const place = { step: name, verb: verb as StepVerb };
      return formKeys(service.kind, place, verbForm(service, step, place.verb));
    }),
    ...(step.print ?? []).flatMap((sheet) =>
      ['title', 'lines', 'sign'].map((part) => serviceKey(service.kind, `print.${sheet}.${part}`)),
    ),
  ];
}

type Nested = { [key: string]: string | Nested };

function nested([first = '', ...rest]: string[], text: string): Nested {
  return { [first]: rest.length > 0 ? nested(rest, text) : text };
}
