/**
 * The files of the chats: photos, voices, documents. Kept in memory and bounded; the oldest go first,
 * and a bot that asks for one of those hears what Telegram says of files it no longer has.
 */
import sharp from 'sharp';
import type { Document, PhotoSize } from 'grammy/types';
import { badRequest } from './errors.ts';
import { MEMORY } from './limits.ts';
import type { Upload } from './params.ts';

export type StoredFile = {
  fileId: string;
  uniqueId: string;
  /** Where `/file/bot<token>/…` serves it. */
  path: string;
  name: string;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
};

export class FileStore {
  readonly #files = new Map<string, StoredFile>();
  #bytes = 0;
  #count = 0;

  /** Keeps the bytes and makes the identifiers under which they are known. */
  add(kind: 'photos' | 'documents' | 'voice' | 'stickers', upload: Upload): StoredFile {
    this.#count += 1;
    const uniqueId = `AQAD${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`;
    const extension = /\.[A-Za-z0-9]{1,8}$/.exec(upload.name)?.[0] ?? '';
    const file: StoredFile = {
      fileId: `AgACAgUAAx${uniqueId}${this.#count.toString(36)}`,
      uniqueId,
      path: `${kind}/file_${this.#count}${extension}`,
      name: upload.name,
      type: upload.type,
      bytes: upload.bytes,
    };
    this.#files.set(file.fileId, file);
    this.#bytes += file.bytes.length;
    this.#forgetOldest();
    return file;
  }

  get(fileId: string): StoredFile | undefined {
    return this.#files.get(fileId);
  }

  byPath(path: string): StoredFile | undefined {
    for (const file of this.#files.values()) if (file.path === path) return file;
    return undefined;
  }

  #forgetOldest(): void {
    for (const [id, file] of this.#files) {
      if (this.#files.size <= 1) return;
      if (this.#files.size <= MEMORY.files && this.#bytes <= MEMORY.fileBytes) return;
      this.#files.delete(id);
      this.#bytes -= file.bytes.length;
    }
  }
}

/** Keeps a photo and describes it; IMAGE_PROCESS_FAILED when the bytes are no picture. */
export async function storePhoto(files: FileStore, upload: Upload): Promise<PhotoSize[]> {
  const seen = await sharp(upload.bytes)
    .metadata()
    .catch(() => undefined);
  if (!seen) throw badRequest('IMAGE_PROCESS_FAILED');
  const name = `photo.${seen.format === 'jpeg' ? 'jpg' : seen.format}`;
  const type = `image/${seen.format}`;
  return [photoSize(files.add('photos', { name, type, bytes: upload.bytes }), seen.width, seen.height)];
}

const photoSize = (file: StoredFile, width: number, height: number): PhotoSize => ({
  file_id: file.fileId,
  file_unique_id: file.uniqueId,
  width,
  height,
  file_size: file.bytes.length,
});

/** Keeps a file and describes it as a document. */
export function storeDocument(files: FileStore, upload: Upload): Document {
  const file = files.add('documents', upload);
  return {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_name: upload.name,
    mime_type: upload.type || 'application/octet-stream',
    file_size: upload.bytes.length,
  };
}
