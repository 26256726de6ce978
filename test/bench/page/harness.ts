import { adapters, type Adapter, type Unmount } from './adapters.js';
import { flood } from './flood.js';

const adapterOf = (id: string): Adapter => {
  const adapter = adapters[id];
  if (!adapter) throw new Error(`No candidate is called ${id}.`);
  return adapter;
};

const newPlace = (): HTMLElement => {
  const place = document.createElement('div');
  place.style.height = '650px';
  document.body.append(place);
  return place;
};

const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });

const nextFrame = (): Promise<number> => new Promise(requestAnimationFrame);

const greetings = (count: number): Promise<void> =>
  new Promise((resolve) => {
    let left = count;
    const hear = ({ data }: MessageEvent): void => {
      if (data === 'VERIFF_HANDSHAKE') left -= 1;
      if (left > 0) return;
      removeEventListener('message', hear);
      resolve();
    };
    addEventListener('message', hear);
  });

/** Time for the page's own work on so many, and until all their frames have spoken. */
const mountMany = async (
  id: string,
  count: number,
  url: string,
): Promise<{ readonly work: number; readonly spoken: number }> => {
  const adapter = adapterOf(id);
  const places = Array.from({ length: count }, newPlace);
  const all = greetings(count);
  await nextFrame();
  const start = performance.now();
  for (const [n, place] of places.entries()) adapter.mount(place, `${url}?n=${n}`);
  await adapter.settled();
  document.body.getBoundingClientRect();
  const work = performance.now() - start;
  await all;
  return { work, spoken: performance.now() - start };
};

/** Time to run the script where so many elements wait for it, and to render them all. */
const upgradeMany = async (count: number, path: string): Promise<number> => {
  const text = await (await fetch(path)).text();
  const elements = Array.from({ length: count }, () => {
    const element = document.createElement('kyc-verify');
    element.setAttribute('display', 'modal');
    return element;
  });
  document.body.append(...elements);
  const script = document.createElement('script');
  script.textContent = text;
  await nextFrame();
  const start = performance.now();
  document.body.append(script);
  await adapterOf('kyc-verify').settled();
  document.body.getBoundingClientRect();
  return performance.now() - start;
};

/** A frame that stays: without it the browser would end the provider's process each time. */
const keepProvider = async (url: string): Promise<void> => {
  const frame = document.createElement('iframe');
  const spoken = greetings(1);
  frame.src = url;
  document.body.append(frame);
  await spoken;
};

/** Mounts and unmounts, each time once the frame has spoken. */
const mountInTurn = async (id: string, times: number, url: string): Promise<void> => {
  const adapter = adapterOf(id);
  for (let n = 0; n < times; n += 1) {
    const place = newPlace();
    const spoken = greetings(1);
    const unmount: Unmount = adapter.mount(place, `${url}?n=${n}`);
    await spoken;
    unmount();
    place.remove();
    await nextTask();
  }
};

/** What the page was told since `listen`. */
interface Told {
  readonly real: number[];
  /** Steps that only the stranger spoke of. */
  strange: number;
  isFinished: boolean;
}

const told: Told = { real: [], strange: 0, isFinished: false };

/** Mounts one that notes what it is told, and a stranger's frame; gives the word for a step. */
const listen = async (id: string, url: string, stranger: string): Promise<unknown> => {
  const adapter = adapterOf(id);
  const spoken = greetings(1);
  adapter.mount(newPlace(), url, {
    step: (name) => {
      if (name === 'real') told.real.push(performance.timeOrigin + performance.now());
      else told.strange += 1;
    },
    finished: () => {
      told.isFinished = true;
    },
  });
  const frame = document.createElement('iframe');
  const loaded = new Promise((resolve) => {
    frame.addEventListener('load', resolve);
  });
  frame.src = stranger;
  document.body.prepend(frame);
  await Promise.all([spoken, loaded]);
  return adapter.step;
};

/** Until nothing more is to be done. */
const rest = (): Promise<void> =>
  new Promise((resolve) => {
    requestIdleCallback(() => {
      resolve();
    });
  });

/** The sum of all layout shifts up to now, once two more frames are drawn. */
const layoutShift = async (): Promise<number> => {
  await nextFrame();
  await nextFrame();
  await nextTask();
  return new Promise((resolve) => {
    new PerformanceObserver((list, observer) => {
      observer.disconnect();
      const shifts = list.getEntries() as unknown as readonly { readonly value: number }[];
      resolve(shifts.reduce((sum, { value }) => sum + value, 0));
    }).observe({ type: 'layout-shift', buffered: true });
    // Where nothing shifted, nobody is told.
    setTimeout(() => {
      resolve(0);
    }, 100);
  });
};

Object.assign(globalThis, {
  bench: {
    mountMany,
    upgradeMany,
    keepProvider,
    mountInTurn,
    listen,
    told: () => told,
    drained: nextTask,
    rest,
    flood: (perSecond: number, seconds: number) =>
      flood(window, location.origin, perSecond, seconds),
    layoutShift,
  },
});
