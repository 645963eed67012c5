/** What is being written: kept here while it is typed, saved and handed in, with what stands in the way at its field. */
import { computed, reactive, ref, shallowRef, watch } from 'vue';
import type { RevisionView, StaffView } from '../../../api/notices/staff-notices.ts';
import { api, call, Problem, upload } from '../../base/api.ts';
import { useBusy } from '../../base/busy.ts';
import { t } from '../../base/texts.ts';
import { explain } from '../session.ts';

export type Field = 'title' | 'summary' | 'body' | 'change' | 'from' | 'until' | 'audience';
export interface Wrong {
  message: string;
  target: string;
}

/** Codes of refusals, and the field each is about. */
const fieldOf: Record<string, Field> = {
  'notice-backwards': 'until',
  'notice-ages': 'audience',
  'notice-nobody': 'audience',
  'notice-no-picture': 'body',
  'notice-too-long': 'body',
};
/** A preview is drawn when the fingers rest. */
const REST_MS = 500;

export function useEditor(notice: StaffView, revision: RevisionView, changed: (said: string) => void) {
  const { category, title, summary, text, pinned, change } = revision;
  const given = reactive({
    category,
    title,
    summary,
    text,
    pinned,
    change,
    from: revision.inForceFrom ?? '',
    until: revision.inForceUntil ?? '',
  });
  const { audience: meant } = revision;
  const audience = reactive({
    everyone: meant.ageFrom === null && meant.ageTo === null && !meant.employerKinds && !meant.flags,
    ageFrom: meant.ageFrom === null ? '' : String(meant.ageFrom),
    ageTo: meant.ageTo === null ? '' : String(meant.ageTo),
    employerKinds: meant.employerKinds ?? [],
    flags: meant.flags ?? [],
  });
  const files = ref(revision.files);
  const body = shallowRef(revision.body);
  const wrong = ref<Wrong[]>([]);
  const version = ref(notice.version);
  const { busy, once } = useBusy();
  const param = { id: notice.id };
  const errorOf = (field: Field) => wrong.value.find(({ target }) => target === `notice-${field}`)?.message ?? null;
  const drawn = computed(() => ({ ...given, body: body.value, files: files.value, chat: chat.value }));
  const chat = ref(revision.chat);

  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    () => given.text,
    (typed) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        call(api.staff.notices.preview.$post({ json: { text: typed } })).then(
          (found) => {
            body.value = found.body;
          },
          () => undefined,
        );
      }, REST_MS);
    },
  );

  const age = (typed: string) => (typed.trim() === '' ? null : Number(typed));
  const json = () => ({
    version: version.value,
    category: given.category,
    title: given.title,
    summary: given.summary,
    text: given.text,
    pinned: given.pinned,
    change: given.change,
    files: files.value.map(({ id, name }) => ({ id, name })),
    inForceFrom: given.from || null,
    inForceUntil: given.until || null,
    audience: audience.everyone
      ? { ageFrom: null, ageTo: null, employerKinds: null, flags: null }
      : {
          ageFrom: age(audience.ageFrom),
          ageTo: age(audience.ageTo),
          employerKinds: audience.employerKinds,
          flags: audience.flags,
        },
  });

  function refused(failure: unknown): void {
    const message = explain(failure);
    const faults =
      failure instanceof Problem
        ? (failure.more['faults'] as { field: Field; words: string }[] | undefined)
        : undefined;
    if (faults) wrong.value = faults.map(({ field, words }) => ({ message: words, target: `notice-${field}` }));
    else {
      const code = failure instanceof Problem ? failure.code : '';
      wrong.value = [{ message, target: `notice-${fieldOf[code] ?? 'title'}` }];
    }
  }

  const step = (act: () => Promise<string | null>) =>
    once(async () => {
      wrong.value = [];
      try {
        const said = await act();
        if (said) changed(said);
      } catch (failure) {
        refused(failure);
      }
    });

  async function save(): Promise<void> {
    const saved = await call(api.staff.notices[':id'].$put({ param, json: json() }));
    version.value = saved.version;
    const seen = await call(api.staff.notices[':id'].$get({ param }));
    const own = seen.revisions[0];
    if (own) [body.value, chat.value] = [own.body, own.chat];
  }

  return {
    given,
    audience,
    files,
    drawn,
    wrong,
    errorOf,
    busy,
    save: () => step(async () => (await save(), t('published:staff.saved'))),
    submit: () =>
      step(async () => {
        await save();
        await call(api.staff.notices[':id'].submit.$post({ param, json: { version: version.value } }));
        return t('published:staff.submitted');
      }),
    addPicture: (file: File, words: string) =>
      step(async () => {
        const { id } = await upload(`/api/staff/notices/${notice.id}/files/picture`, file);
        given.text = `${given.text.trimEnd()}\n\n![${words.replaceAll(/[[\]]/g, '')}](${id})\n`;
        return null;
      }),
    addFile: (file: File) =>
      step(async () => {
        const { id } = await upload(`/api/staff/notices/${notice.id}/files/file`, file);
        files.value = [...files.value, { id, name: file.name.slice(0, 100), bytes: file.size }];
        return null;
      }),
  };
}
