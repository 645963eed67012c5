/** Reading aloud with the phone's own voice (Web Speech), in Mandarin for Chinese of either script. */
import { ref } from 'vue';
import { language } from './texts.ts';

/** Which text is being read, null when none is. */
const reading = ref<string | null>(null);

export const canSpeak = (): boolean => 'speechSynthesis' in globalThis;
export const isReading = (text: string): boolean => reading.value === text;

/** Reads a text; what was being read stops. */
export function speak(text: string): void {
  speechSynthesis.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.lang = language() === 'en' ? 'en-GB' : 'zh-CN';
  // Slower than the usual rate: old ears need the gaps.
  words.rate = 0.85;
  const end = () => {
    if (reading.value === text) reading.value = null;
  };
  words.addEventListener('end', end);
  words.addEventListener('error', end);
  reading.value = text;
  speechSynthesis.speak(words);
}

export function stopSpeaking(): void {
  reading.value = null;
  if (canSpeak()) speechSynthesis.cancel();
}
