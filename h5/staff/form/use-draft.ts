/**
 * A draft with all its questions on one page. What is typed is saved after a pause, question by question in the order of the
 * form, so that a closed tab loses nothing and conditional questions appear when the draft says that they apply.
 */
import { computed, onUnmounted, reactive, ref, shallowRef } from 'vue';
import type { DraftView, QuestionView } from '../../../api/engine/drafts/view.ts';
import { api, call, Problem } from '../../base/api.ts';
import { fieldError, missing, type FieldError } from '../../base/field-error.ts';
import { t } from '../../base/texts.ts';

/** A question as a guide or a verb describes it: without an answer. */
export type Described = Omit<QuestionView, 'value' | 'shown' | 'answered' | 'revision'>;

/** Whoever types is not interrupted by saving. */
const PAUSE_MS = 700;

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
/** An empty answer passes an optional question over. */
const asSent = (value: unknown): unknown => (isEmpty(value) ? null : value);

export function useDraft(start: DraftView, all: readonly Described[]) {
  const draft = shallowRef(start);
  const values = reactive<Record<string, unknown>>({});
  const errors = ref<Record<string, FieldError>>({});
  const saved = ref<'nothing' | 'saving' | 'saved' | 'failed'>('nothing');
  /** What the server holds of each question, as JSON; and at which revision. */
  const held = new Map<string, { json: string; revision: number }>();
  const touched = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> = Promise.resolve();

  const asked = computed(() => new Set([...draft.value.answers.map((one) => one.key), draft.value.next?.key]));
  const shown = computed(() => all.filter((one) => !one.conditional || asked.value.has(one.key)));

  /** Reads what was answered before, in another tab or in chat. */
  async function open(): Promise<void> {
    const { id, answers } = start;
    const before = await Promise.all(
      answers.map(({ key }) => call(api.drafts[':id'].questions[':key'].$get({ param: { id, key } }))),
    );
    for (const question of before) {
      values[question.key] = question.value;
      held.set(question.key, { json: JSON.stringify(asSent(question.value)), revision: question.revision });
    }
    adopt();
  }

  /** What the office knows already stands in the field until it is changed. */
  function adopt(): void {
    const { next } = draft.value;
    if (next && !touched.has(next.key) && isEmpty(values[next.key])) values[next.key] = next.value;
  }

  function change(key: string, value: unknown): void {
    values[key] = value;
    touched.add(key);
    saved.value = 'nothing';
    clearTimeout(timer);
    timer = setTimeout(() => void save().catch(() => undefined), PAUSE_MS);
  }

  async function put(key: string): Promise<void> {
    const value = asSent(values[key]);
    const before = held.get(key);
    const given = { value, ...(before && { seen: before.revision }) };
    const after = await call(
      api.drafts[':id'].answers.$put({ param: { id: draft.value.id }, json: { answers: { [key]: given } } }),
    );
    held.set(key, { json: JSON.stringify(value), revision: after.revision });
    draft.value = after;
    adopt();
  }

  const isChanged = (key: string) => held.get(key)?.json !== JSON.stringify(asSent(values[key]));

  /** Sends what differs from what is held, as far as the form can be followed. */
  async function send(): Promise<void> {
    saved.value = 'saving';
    try {
      for (const { key } of draft.value.answers) if (isChanged(key)) await put(key);
      for (let { next } = draft.value; next; next = draft.value.next) {
        if (isEmpty(values[next.key]) && !next.optional) break;
        await put(next.key);
      }
      saved.value = touched.size > 0 ? 'saved' : 'nothing';
    } catch (error) {
      // A refused answer is said when the form is sent; nothing is checked while somebody types.
      saved.value = error instanceof Problem && error.status < 500 ? 'nothing' : 'failed';
      throw error;
    }
  }

  /** One sending after the other. */
  function save(): Promise<void> {
    clearTimeout(timer);
    const turn = saving.then(send, send);
    saving = turn.catch(() => undefined);
    return turn;
  }

  /** Saves everything and submits. @returns the case; null when something is wrong, which `errors` names. @throws what is not about an answer */
  async function submit(version?: number): Promise<{ number: string } | null> {
    errors.value = {};
    try {
      await save();
    } catch (error) {
      if (!takeRefusal(error)) throw error;
    }
    // What is missing after the answer that ends the form, nobody need fill in.
    const { stopped } = draft.value;
    if (stopped?.at) {
      errors.value[stopped.at.key] ??= missing(stopped.words);
      return null;
    }
    for (const { key, label, optional } of shown.value)
      if (!optional && isEmpty(values[key])) errors.value[key] ??= missing(t('staff:form.required', { label }));
    if (Object.keys(errors.value).length > 0) return null;
    const { id, revision } = draft.value;
    return call(
      api.drafts[':id'].submit.$post({ param: { id }, json: { checked: revision, ...(version && { version }) } }),
    );
  }

  /** Puts a refusal at its question. */
  function takeRefusal(error: unknown): boolean {
    const key = error instanceof Problem ? error.more['question'] : undefined;
    if (!(error instanceof Problem) || typeof key !== 'string') return false;
    errors.value[key] = fieldError(error);
    if (error.code === 'answered-meanwhile') {
      errors.value[key] = missing(t('staff:form.theirs', { theirs: String(error.more['theirs']) }));
      held.set(key, { json: '', revision: Number(error.more['revision']) });
    }
    return true;
  }

  /** Throws the draft away if nothing was ever put into it. */
  async function leave(): Promise<void> {
    clearTimeout(timer);
    if (touched.size > 0) return save();
    const { id, revision } = draft.value;
    if (revision === 0) await call(api.drafts[':id'].$delete({ param: { id } }));
  }

  onUnmounted(() => {
    // Leaving the page sends what the pause still holds back.
    if (timer && touched.size > 0) void save().catch(() => undefined);
  });

  return { draft, values, errors, saved, shown, open, change, submit, leave };
}
