import { setTimeout as wait } from 'node:timers/promises';

/** Asks again and again until the answer is neither `undefined` nor `false`; fails after a while. */
export const until = async <Answer>(
  what: string,
  ask: () => Answer | Promise<Answer>,
  patience = 10_000,
): Promise<Exclude<Answer, undefined | false>> => {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false)
      return answer as Exclude<Answer, undefined | false>;
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}.`);
    await wait(5);
  }
};
