/** The simulator's page and its server: the stream of changes comes in, what the person does goes out. */
import type { ChatView, RoomView, SeenMessage } from '../view.ts';
import { reactive } from './vue.js';

export type Sms = { id: number; to: string; text: string; at: string };
export type Preset = { firstName: string; phoneNumber: string; note: string };

/** Everything the page shows. */
export const shown = reactive({
  connected: false,
  username: '',
  bot: '',
  presets: [] as Preset[],
  phones: new Map<number, ChatView>(),
  rooms: new Map<number, RoomView>(),
  sms: [] as Sms[],
  /** The phones lying open on the page, in order. */
  open: [] as number[],
});

/** A refusal by the server; `code` is a key under `error` in the texts. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** Where the simulator is mounted: this module lies at `<base>/page/server.ts`. */
const base = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
const REMEMBERED = 'simulator.phones';

/** Listens to the server until the page is left; the browser takes the stream up again when it breaks. */
export function listen(): void {
  const stream = new EventSource(`${base}/events`);
  stream.addEventListener('open', () => (shown.connected = true));
  stream.addEventListener('error', () => (shown.connected = false));
  const on = <Data>(event: string, take: (data: Data) => void): void =>
    stream.addEventListener(event, (message) => take(JSON.parse((message as MessageEvent<string>).data) as Data));
  type All = Omit<typeof shown, 'phones' | 'rooms'> & { phones: ChatView[]; rooms: RoomView[] };
  on<All>('all', ({ username, bot, presets, phones, rooms, sms }) => {
    Object.assign(shown, { username, bot, presets, sms });
    shown.phones = new Map(phones.map((phone) => [phone.id, phone]));
    shown.rooms = new Map(rooms.map((room) => [room.id, room]));
    void reopenRemembered();
  });
  on<RoomView>('room', (room) => shown.rooms.set(room.id, room));
  on<ChatView>('phone', (phone) => shown.phones.set(phone.id, phone));
  on<{ id: number }>('gone', ({ id }) => shown.phones.delete(id));
  on<Sms[]>('sms', (sms) => (shown.sms = sms));
}

export async function getTexts(language: string): Promise<unknown> {
  return (await fetch(`${base}/page/texts/${language}.json`)).json();
}

export const mediaAddress = (fileId: string): string => `${base}/media/${encodeURIComponent(fileId)}`;

/** Lays a phone on the page; signs the person up if need be. */
export async function openPhone(phone: {
  firstName: string;
  phoneNumber: string;
  note?: string;
  known?: boolean;
}): Promise<void> {
  const view = await post<ChatView>('/phones', phone);
  shown.phones.set(view.id, view);
  if (!shown.open.includes(view.id)) shown.open.push(view.id);
  remember();
}

/** Takes a phone off the page; the person and the chat stay. */
export function closePhone(id: number): void {
  shown.open = shown.open.filter((one) => one !== id);
  remember();
}

/** Does one of the person's acts: send, start, tap, contact, voice, sticker, forward, block, unblock, menu. */
export const act = <Result = unknown>(phoneId: number, name: string, body: object = {}): Promise<Result> =>
  post<Result>(`/phones/${phoneId}/${name}`, body);

/** Sends a picture as a photo, anything else as a document. */
export async function sendFile(phoneId: number, file: File): Promise<void> {
  const isPhoto = file.type.startsWith('image/');
  const address = isPhoto ? 'photo' : `document?name=${encodeURIComponent(file.name)}`;
  const headers = { 'content-type': file.type || 'application/octet-stream' };
  await check(await fetch(`${base}/phones/${phoneId}/${address}`, { method: 'POST', headers, body: file }));
}

/** Opens a group of the phones that lie on the page. */
export async function openRoom(title: string): Promise<void> {
  const room = await post<RoomView>('/rooms', { title, members: shown.open });
  shown.rooms.set(room.id, room);
}

/** Does something in a group: say, bot, upgrade, delete. */
export const actIn = (roomId: number, name: string, body: object = {}): Promise<unknown> =>
  post(`/rooms/${roomId}/${name}`, body);

export const forward = (to: number, { chatId, id }: SeenMessage): Promise<unknown> =>
  act(to, 'forward', { chatId, messageId: id });

async function post<Result>(path: string, body: object): Promise<Result> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => {
    throw new Refusal('offline');
  });
  return (await check(response)).json() as Promise<Result>;
}

async function check(response: Response): Promise<Response> {
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as { code?: string };
  throw new Refusal(problem.code ?? 'badRequest');
}

/** The server forgets its phones when it is restarted; those that lay open here come back with the same accounts. */
async function reopenRemembered(): Promise<void> {
  const remembered = JSON.parse(localStorage.getItem(REMEMBERED) ?? '[]') as Preset[];
  for (const phone of remembered) await openPhone({ ...phone, known: true });
}

function remember(): void {
  const phones = shown.open.flatMap((id) => {
    const { firstName, phoneNumber, note } = shown.phones.get(id) ?? {};
    return phoneNumber ? [{ firstName, phoneNumber, note }] : [];
  });
  localStorage.setItem(REMEMBERED, JSON.stringify(phones));
}
