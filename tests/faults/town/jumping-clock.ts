/**
 * Loaded before `main.ts` (`node --import`): every `Date` of the process, those of libraries included, shows a time that the fault
 * program sets ahead or back. `CLOCK_AHEAD_MS` at the start, `{ aheadMs }` by message afterwards.
 */
const RealDate = Date;
let ahead = Number(process.env['CLOCK_AHEAD_MS'] ?? 0);
const now = () => RealDate.now() + ahead;

globalThis.Date = new Proxy(RealDate, {
  construct: (real, given: [], as) => Reflect.construct(real, given.length > 0 ? given : [now()], as) as Date,
  get: (real, name, self) => (name === 'now' ? now : (Reflect.get(real, name, self) as unknown)),
});

process.on('message', (message: { aheadMs?: number }) => {
  ahead = message.aheadMs ?? ahead;
});
// Being told the time keeps nobody running, and whoever started it leaves nothing behind.
process.channel?.unref();
process.on('disconnect', () => process.exit(1));
