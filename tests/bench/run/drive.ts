/** Several users at once, each doing one thing after the other until the time is up. */

/** Runs `act` again and again for every user. @returns how often it was done a second, over all users */
export async function drive(
  users: number,
  seconds: number,
  act: (user: number, turn: number) => Promise<void>,
): Promise<number> {
  const began = performance.now();
  const until = began + seconds * 1000;
  let done = 0;
  const run = async (user: number): Promise<void> => {
    for (let turn = 0; performance.now() < until; turn += 1) {
      await act(user, turn);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: users }, (_, user) => run(user)));
  return done / ((performance.now() - began) / 1000);
}

/** The value below which this share of the sorted times lies. */
export function percentile(times: readonly number[], share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}
