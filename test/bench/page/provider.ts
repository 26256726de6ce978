/** The provider's page: greets as Veriff's does, and says what it is told to, noting when. */
const host = location.ancestorOrigins[0] ?? '';

const say = (message: unknown): void => {
  parent.postMessage(message, host);
};

/** Says it over and over, and gives the times; all clocks of one machine count from the same zero. */
const speak = (message: unknown, times: number, pause: number): Promise<readonly number[]> =>
  new Promise((resolve) => {
    const said: number[] = [];
    const timer = setInterval(() => {
      said.push(performance.timeOrigin + performance.now());
      say(message);
      if (said.length < times) return;
      clearInterval(timer);
      resolve(said);
    }, pause);
  });

Object.assign(globalThis, { bench: { speak } });
say('VERIFF_HANDSHAKE');

export {};
