/** Reading aloud with the phone's own voice (Web Speech), in Mandarin for Chinese of either script; sentence by sentence. */
import { ref } from 'vue';
import { language } from './texts.ts';

/** Which text is being read, null when none is; and which of its sentences. */
const reading = ref<string | null>(null);
const sentence = ref(0);
/** Counts what was begun: an ending of something stopped long ago changes nothing. */
let round = 0;

export const canSpeak = (): boolean => 'speechSynthesis' in globalThis;
export const isReading = (text: string): boolean => reading.value === text;
/** The number of the sentence of this text that is being read; null when it is not. */
export const sentenceRead = (text: string): number | null => (reading.value === text ? sentence.value : null);

/** A text cut behind its sentences. Nothing of it is lost. */
export const sentencesOf = (text: string): string[] =>
  text.match(/[^。！？；!?;\n]+[。！？；!?;\n”」』）]*|[。！？；!?;\n]+/g) ?? [];

/** Pieces of a page as one text that is read: its sentences, the text as `SpokenText` wants it, and where each piece begins. */
export function spokenPieces(pieces: readonly string[]): { sentences: string[]; whole: string; starts: number[] } {
  const cut = pieces.map(sentencesOf);
  const starts = cut.map((_, at) => cut.slice(0, at).reduce((sum, one) => sum + one.length, 0));
  const sentences = cut.flat();
  return { sentences, whole: sentences.join('\n'), starts };
}

/** Reads a text, in pieces if it is given in pieces; what was being read stops. */
export function speak(text: string, pieces: readonly string[] = [text]): void {
  stopSpeaking();
  round += 1;
  reading.value = text;
  speakFrom(pieces, 0, round);
}

function speakFrom(pieces: readonly string[], at: number, mine: number): void {
  const piece = pieces[at];
  if (piece === undefined) {
    reading.value = null;
    return;
  }
  sentence.value = at;
  const words = new SpeechSynthesisUtterance(piece);
  words.lang = language() === 'en' ? 'en-GB' : 'zh-CN';
  // Slower than the usual rate: old ears need the gaps.
  words.rate = 0.85;
  const next = () => {
    if (mine === round && reading.value !== null) speakFrom(pieces, at + 1, mine);
  };
  words.addEventListener('end', next);
  words.addEventListener('error', () => {
    if (mine === round) reading.value = null;
  });
  speechSynthesis.speak(words);
}

export function stopSpeaking(): void {
  reading.value = null;
  if (canSpeak()) speechSynthesis.cancel();
}
