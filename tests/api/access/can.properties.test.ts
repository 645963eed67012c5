/** Who may do what, as rules that hold for everybody: over made-up people, posts, links, cases and drafts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { can, type Action } from '../../../api/access/can.ts';
import { nobody, system, type Actor, type ActorLink, type ActorPost, type Person } from '../../../api/access/actor.ts';
import { relations } from '../../../db/schema/access.ts';
import { capacities } from '../../../db/schema/engine.ts';
import { unitLevels } from '../../../db/schema/registry.ts';

/** A small world, so that things meet: paths that lie within each other, and paths that only look so. */
const paths = [
  '4301',
  '4301.430102',
  '4301.4301020',
  '4301.430102.430102001',
  '4301.43010',
  '4301.430111',
  '4301.A4301',
];
const unitIds = paths.map((path) => path.split('.').at(-1) ?? '');
const people = ['retiree-1', 'retiree-2', 'retiree-3'];
const accounts = ['account-1', 'account-2', 'account-3'];

const path = fc.constantFrom(...paths);
const retireeId = fc.constantFrom(...people);
const role = fc.constantFrom('clerk' as const, 'lead' as const);
const link: fc.Arbitrary<ActorLink> = fc.record({
  retireeId,
  relation: fc.constantFrom(...relations),
  scope: fc.constantFrom('look' as const, 'apply' as const, 'everything' as const),
});
const idOf = (at: string) => at.split('.').at(-1) ?? '';
const post: fc.Arbitrary<ActorPost> = fc
  .record({ path, role, level: fc.constantFrom(...unitLevels) })
  .map((held) => ({ ...held, unitId: idOf(held.path) }));
const person: fc.Arbitrary<Person> = fc.record({
  is: fc.constant('person' as const),
  accountId: fc.constantFrom(...accounts),
  name: fc.constant(null),
  links: fc.array(link, { maxLength: 3 }),
  posts: fc.array(post, { maxLength: 3 }),
  secondFactor: fc.constantFrom(null, 'set-up' as const, 'give' as const, 'given' as const),
  door: fc.constant(null),
});
const guest: fc.Arbitrary<Actor> = fc.oneof(
  fc.constant(nobody),
  fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((hash) => ({ is: 'guest' as const, guestHash: Buffer.from(hash) })),
);

const caseFacts = fc
  .record({
    subjectId: fc.option(retireeId),
    applicantId: fc.option(fc.constantFrom(...accounts)),
    unitPath: path,
    asked: fc.option(fc.record({ by: fc.option(fc.constantFrom(...accounts)), ownTapCounts: fc.boolean() })),
    led: fc.option(
      fc.record({ by: fc.array(retireeId, { maxLength: 2 }), asker: fc.option(fc.constantFrom(...accounts)) }),
    ),
    // Whether the very actor joined it: a fact about nobody in particular here.
    joined: fc.constant(false),
    discreet: fc.boolean(),
  })
  .map((facts) => ({ ...facts, unitId: idOf(facts.unitPath) }));
const retireeFacts = fc.record({ retireeId, carePath: fc.option(path), insuredAt: fc.constantFrom(...unitIds) });
const linkFacts = fc
  .tuple(retireeFacts, fc.constantFrom(...accounts), fc.boolean())
  .map(([facts, accountId, own]) => ({ ...facts, accountId, own }));
const unit = fc.constantFrom(...unitIds);
const nothing = fc.constant(null);

/** Every action with a subject of its kind; one that is missing here does not compile. */
const subjects = {
  'case.read': caseFacts,
  'case.follow': caseFacts,
  'case.answer-for': caseFacts,
  'case.agree': caseFacts,
  'case.lead': caseFacts,
  'case.refuse': caseFacts,
  'case.staff': caseFacts,
  'case.staff-side': fc
    .tuple(caseFacts, fc.constantFrom(...capacities))
    .map(([facts, capacity]) => ({ ...facts, capacity })),
  'case.decide': fc.tuple(caseFacts, role).map(([facts, needed]) => ({ ...facts, role: needed })),
  'retiree.read': retireeFacts,
  'retiree.apply': retireeFacts,
  'retiree.bind': retireeFacts,
  'retiree.manage': retireeFacts,
  'retiree.lost-phone': retireeFacts,
  'retiree.search': nothing,
  'retiree.unmask': fc.record({ careUnit: fc.option(unit), decidingUnits: fc.array(unit, { maxLength: 2 }) }),
  'retiree.read-ethnicity': fc.record({ careUnit: fc.option(unit) }),
  'pending.read': nothing,
  'calendar.read': nothing,
  'calendar.write': nothing,
  'policy.write': nothing,
  'answer.publish': fc.record({ unitId: unit }),
  'delivery.settle': fc.record({ unitId: unit }),
  'retention.read': nothing,
  'benefits.enter': fc.record({ agencyId: unit }),
  'care.read': fc.record({ unitPath: path }),
  'care.handle': fc.record({ unitId: unit }),
  'care.approve': fc.record({ unitId: unit }),
  'care.see-given': fc.record({ units: fc.array(unit, { maxLength: 3 }) }),
  'care-flags.keep': retireeFacts,
  'figures.read': fc.record({ unitPath: path }),
  'notice.write': fc.record({ unitId: unit }),
  'notice.approve': fc.record({ unitPath: path, submittedBy: fc.option(fc.constantFrom(...accounts)) }),
  'notice.oversee': fc.record({ unitPath: path }),
  'notice.reach': fc.record({ unitPath: path }),
  'notice.read': fc.record({ unitPath: path, meant: fc.array(retireeId, { maxLength: 2 }) }),
  'group.read': fc.record({ unitPath: path }),
  'group.handle': fc.record({ unitId: unit }),
  'group.meet': fc.record({ retireeId }),
  'group.follow': fc.record({ unitId: unit, members: fc.array(retireeId, { maxLength: 2 }) }),
  'group.note': fc.record({ unitId: unit, leaders: fc.array(retireeId, { maxLength: 2 }) }),
  'group.lead': fc.record({ leaders: fc.array(retireeId, { maxLength: 2 }) }),
  'volunteer.offer': fc.record({ retireeId }),
  'activity.sign-up': fc.record({ retireeId }),
  'activity.sign-up-for': fc.record({ carePath: fc.option(path) }),
  'activity.hold': fc.record({ unitId: unit }),
  'activity.see-photos': fc.record({ unitPath: path, meant: fc.array(retireeId) }),
  'activity.oversee': fc.record({ unitPath: path }),
  'unit.colleagues': fc.record({ unitId: unit }),
  'leave.take': fc.record({ accountId: fc.constantFrom(...accounts), unitId: unit }),
  'staff.manage': fc.record({ unitPath: path }),
  'settings.read': fc.record({ unitPath: path }),
  'settings.write': fc.record({ unitPath: path }),
  'words.write': fc.constant(null),
  'factor.set-up': nothing,
  'factor.give': nothing,
  'factor.keep': nothing,
  'link.end': linkFacts,
  'link.end-as-staff': linkFacts,
  'link.narrow': linkFacts,
  'draft.use': fc.record({
    accountId: fc.option(fc.constantFrom(...accounts)),
    capacity: fc.constantFrom(...capacities),
    subjectId: fc.option(retireeId),
    verb: fc.constantFrom(null, 'resubmit', 'approve', 'object'),
  }),
} satisfies Record<Action, fc.Arbitrary<unknown>>;
const actions = Object.keys(subjects) as Action[];

/** An action with its subject, as a question to be asked of anybody. */
type Ask = (actor: Actor) => boolean;
const askingOf = (some: readonly Action[]): fc.Arbitrary<Ask> =>
  fc
    .constantFrom(...some)
    .chain((action) =>
      (subjects[action] as fc.Arbitrary<never>).map((subject) => (actor: Actor) => can(actor, action, subject)),
    );
const asking = askingOf(actions);
/** What is kept from those who act for the person: here a link takes a power away. */
const keptFromKin: readonly Action[] = ['case.lead', 'case.staff-side'];

/** The first thing found for which the rule does not hold; null when 2,000 were tried in vain. */
const counterexample = <T>(rule: fc.IProperty<T>): T | null => fc.check(rule, { numRuns: 2000 }).counterexample;

describe('power', () => {
  test('a guest has none, whatever secret they hold; the clockwork has all', () => {
    expect(counterexample(fc.property(guest, asking, (actor, ask) => !ask(actor)))).toBeNull();
    expect(counterexample(fc.property(asking, (ask) => ask(system)))).toBeNull();
  });

  test('somebody without links, posts and things of their own has none', () => {
    const stranger: Person = {
      is: 'person',
      accountId: 'nobody’s',
      name: null,
      links: [],
      posts: [],
      secondFactor: null,
      door: null,
    };
    expect(counterexample(fc.property(asking, (ask) => !ask(stranger)))).toBeNull();
  });

  test('comes from something held: taking a link or post away never adds any', () => {
    const plain = askingOf(actions.filter((action) => !keptFromKin.includes(action)));
    expect(
      counterexample(
        fc.property(person, plain, fc.nat(5), (actor, ask, at) => {
          const less = { ...actor, links: actor.links.toSpliced(at, 1), posts: actor.posts.toSpliced(at, 1) };
          return !ask(less) || ask(actor);
        }),
      ),
    ).toBeNull();
  });

  test('never grows by a link to somebody else or a post elsewhere', () => {
    const elsewhere: ActorPost = { unitId: '4301119', path: '4301.4301119', level: 'community', role: 'lead' };
    const unrelated: ActorLink = { retireeId: 'retiree-9', relation: 'self', scope: 'everything' };
    const answered = (actor: Person, action: Action, subject: unknown) => can(actor, action, subject as never);
    for (const action of actions) {
      expect(
        counterexample(
          fc.property(person, subjects[action] as fc.Arbitrary<unknown>, (actor, subject) => {
            const linked = { ...actor, links: [...actor.links, unrelated] };
            if (answered(linked, action, subject) !== answered(actor, action, subject)) return false;
            // Any post at all lets its holder help at the counter: search below their unit, see what waits there, and apply for whoever stands there.
            // And every staff reads the calendar by which the deadlines are reckoned.
            const byAnyPost = [
              'retiree.search',
              'retiree.apply',
              'draft.use',
              'pending.read',
              'calendar.read',
            ].includes(action);
            const posted = { ...actor, posts: [...actor.posts, elsewhere] };
            return byAnyPost || answered(posted, action, subject) === answered(actor, action, subject);
          }),
        ),
      ).toBeNull();
    }
  });

  test('of look ⊂ apply ⊂ everything', () => {
    const scoped = (actor: Person, scope: ActorLink['scope']): Person => ({
      ...actor,
      links: actor.links.map((one) => ({ ...one, scope })),
    });
    expect(
      counterexample(
        fc.property(person, asking, (actor, ask) => {
          const [look, apply, everything] = (['look', 'apply', 'everything'] as const).map((scope) =>
            ask(scoped(actor, scope)),
          );
          return (!look || apply) && (!apply || everything);
        }),
      ),
    ).toBeNull();
  });

  test('of a clerk ⊂ lead', () => {
    const as = (actor: Person, held: ActorPost['role']): Person => ({
      ...actor,
      posts: actor.posts.map((one) => ({ ...one, role: held })),
    });
    expect(
      counterexample(fc.property(person, asking, (actor, ask) => !ask(as(actor, 'clerk')) || ask(as(actor, 'lead')))),
    ).toBeNull();
  });

  test('over a case is in the unit’s own hands: whoever is over it sees, and does not decide', () => {
    expect(
      counterexample(
        fc.property(post, caseFacts, role, (held, facts, needed) => {
          const actor: Person = {
            is: 'person',
            accountId: 'staff',
            name: null,
            links: [],
            posts: [held],
            secondFactor: null,
            door: null,
          };
          const decides = can(actor, 'case.decide', { ...facts, role: needed });
          return decides ? held.unitId === facts.unitId : true;
        }),
      ),
    ).toBeNull();
  });
});

describe('a unit lies within another', () => {
  const oversees = (held: string, unitPath: string) => {
    const posts = [{ unitId: idOf(held), path: held, level: 'community' as const, role: 'lead' as const }];
    const lead: Person = { is: 'person', accountId: 'a', name: null, links: [], posts, secondFactor: null, door: null };
    return can(lead, 'staff.manage', { unitPath });
  };

  test('by whole names, never because one name begins like the other', () => {
    expect(oversees('4301.430102', '4301.430102.430102001')).toBe(true);
    expect(oversees('4301.430102', '4301.430102')).toBe(true);
    expect(oversees('4301.430102', '4301.4301020')).toBe(false);
    expect(oversees('4301.43010', '4301.430102')).toBe(false);
    expect(oversees('4301.430102.430102001', '4301.430102')).toBe(false);
    expect(oversees('430102', '4301.430102')).toBe(false);
  });

  test('exactly when every name of the one is a name of the other, in order', () => {
    const names = fc.array(fc.constantFrom(...unitIds), { minLength: 1, maxLength: 4 });
    expect(
      counterexample(
        fc.property(names, names, (held, other) => {
          const within = held.every((name, at) => other[at] === name);
          return oversees(held.join('.'), other.join('.')) === within;
        }),
      ),
    ).toBeNull();
  });
});
