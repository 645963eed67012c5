/** Fetches a file that a person sent. */
import { GrammyError, type Api } from 'grammy';
import { TELEGRAM, type ApiOptions } from './api.ts';

/** The bytes of a file; null when Telegram says that it is too large to fetch (20 MB). @throws when the network fails */
export type Download = (fileId: string) => Promise<Uint8Array<ArrayBuffer> | null>;

const PATIENCE_MS = 30_000;

export function makeDownload(api: Api, { token, apiRoot = TELEGRAM }: ApiOptions): Download {
  return async (fileId) => {
    const file = await api.getFile(fileId).catch((error: unknown) => {
      if (error instanceof GrammyError && /file is too big/i.test(error.description)) return null;
      throw error;
    });
    if (!file?.file_path) return null;
    const answer = await fetch(`${apiRoot}/file/bot${token}/${file.file_path}`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    // The address holds the token: it must not stand in an error.
    if (!answer.ok) throw new Error(`fetching a file: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };
}
