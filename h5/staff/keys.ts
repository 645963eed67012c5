/** Single-letter shortcuts, for whoever wants them: they can be turned off (WCAG 2.1.4), because voice input presses them by mistake. */
import { onMounted, onUnmounted, ref } from 'vue';
import { recall, remember } from '../base/memory.ts';

const MEMORY = 'staff-keys';

export const keysOn = ref(recall(MEMORY) !== 'off');

export function turnKeys(on: boolean): void {
  keysOn.value = on;
  remember(MEMORY, on ? 'on' : 'off');
}

/** What each key does while this component is on the page. Typing into a field is never a shortcut. */
export function useKeys(keys: Record<string, (event: KeyboardEvent) => void>): void {
  const press = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (!keysOn.value && event.key.length === 1) return;
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    act(event);
  };
  onMounted(() => document.addEventListener('keydown', press));
  onUnmounted(() => document.removeEventListener('keydown', press));
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select') !== null;
