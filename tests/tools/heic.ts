/** What a HEIC photo begins with: enough for whoever asks what it is, and nothing that anybody here could open. */
export const heic = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from('ftypheic'),
  Buffer.alloc(4),
  Buffer.from('mif1heic'),
  Buffer.alloc(200, 7),
]);
