/** Where the bot can download a file that somebody sent. */
import type { File } from 'grammy/types';
import { badRequest } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { Call } from './call.ts';

export function getFile({ world, params }: Call): File {
  const file = world.files.get(params.text('file_id'));
  if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable');
  if (file.bytes.length > LIMITS.downloadBytes) throw badRequest('file is too big');
  return { file_id: file.fileId, file_unique_id: file.uniqueId, file_size: file.bytes.length, file_path: file.path };
}
