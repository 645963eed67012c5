/** A proposal on its page: who is ticked, moving them, confirming, dropping; and what came of it. */
import { computed, ref, shallowRef } from 'vue';
import { useRouter } from 'vue-router';
import type { ProposalView } from '../../../api/groups/read-proposal.ts';
import { api, call } from '../../base/api.ts';
import { useBusy } from '../../base/busy.ts';
import { t } from '../../base/texts.ts';
import { useLoad } from '../load.ts';
import { explain } from '../session.ts';

const doors = api.staff.groups.proposals[':id'];

export function useProposal(id: string) {
  const router = useRouter();
  const param = { id };
  const { value: proposal, error, load } = useLoad<ProposalView>(() => call(doors.$get({ param })));
  const chosen = ref<string[]>([]);
  const target = ref(1);
  const refusal = shallowRef<string | null>(null);
  const done = shallowRef<string | null>(null);
  const { busy, once } = useBusy();
  const seen = () => ({ version: proposal.value?.version ?? 0 });
  const unlawful = computed(() =>
    (proposal.value?.groups ?? []).filter(({ lawful }) => !lawful).map(({ name }) => name),
  );

  /** Does one thing to the proposal, and shows it as it is then; somebody else may have changed it meanwhile. */
  const act = (what: () => Promise<string | null>) =>
    once(async () => {
      refusal.value = null;
      done.value = null;
      try {
        done.value = await what();
      } catch (failure) {
        refusal.value = explain(failure);
      }
      if (done.value !== null || refusal.value !== null) await load();
    });

  const move = () =>
    act(async () => {
      const people = [...chosen.value];
      await call(doors.move.$post({ param, json: { ...seen(), people, slot: target.value } }));
      chosen.value = [];
      const name = proposal.value?.groups.find(({ slot }) => slot === target.value)?.name ?? '';
      return t('groups:proposal.moved', { count: people.length, name });
    });

  const add = () =>
    act(async () => {
      await call(doors.add.$post({ param, json: seen() }));
      return t('groups:proposal.added');
    });

  const confirm = () =>
    act(async () => {
      if (unlawful.value.length > 0) return null;
      const unit = proposal.value?.unit.id ?? '';
      await call(doors.confirm.$post({ param, json: seen() }));
      await router.push({ name: 'groups', query: { unit } });
      return null;
    });

  const drop = () =>
    act(async () => {
      await call(doors.drop.$post({ param, json: seen() }));
      await router.push({ name: 'groups' });
      return null;
    });

  return { proposal, error, load, chosen, target, refusal, done, busy, unlawful, move, add, confirm, drop };
}
