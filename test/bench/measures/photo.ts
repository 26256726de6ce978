import type { Bench } from '../bench.js';
import { ask, inNewTab } from '../browser.js';
import { CAPTURE, emptyPage, PHOTO } from '../pages.js';
import { inTurn, ratiosOf, Rounds, spreadOf, type Spread } from '../statistics.js';

/** Pixels of the photo: 40 million. */
const WIDTH = 8000;
const HEIGHT = 5000;

const WAYS = ['naive', 'capture'] as const;

type WayId = (typeof WAYS)[number];

const LABELS: Readonly<Record<WayId, string>> = {
  naive: '`image.decode()`, `drawImage()`, `toBlob()` in the page',
  capture: '`<kyc-capture>`, to the review',
};

export interface PhotoRow {
  readonly id: WayId;
  readonly label: string;
  /** The longest task of the page's main thread in each round, in milliseconds; 0 for none of 50. */
  readonly longest: Spread & { readonly worst: number };
  readonly blocked: Spread;
  readonly took: Spread;
}

export interface PhotoResults {
  /** Bytes of the photo, and of what was made of it. */
  readonly size: number;
  readonly made: number;
  readonly rows: readonly PhotoRow[];
  /** Our time as a multiple of the other's, round by round. */
  readonly ratio: Spread;
}

interface Found {
  readonly longest: number;
  readonly blocked: number;
  readonly took: number;
  readonly size: number;
}

/** A photo of 40 megapixels is chosen, and made into what a provider takes. */
export const measurePhoto = async ({ browser, servers, isQuick }: Bench): Promise<PhotoResults> => {
  const figures = new Rounds();
  let [size, made] = [0, 0];
  for (let round = 0; round < (isQuick ? 1 : 10); round += 1) {
    for (const id of inTurn(WAYS, round)) {
      // A tab of its own: the code of the element is loaded within the time, too.
      const found = await inNewTab(browser, async ({ page }) => {
        const visit = servers.visit(() => emptyPage(CAPTURE, PHOTO));
        await page.goto(servers.urlOf(visit));
        size = await ask<number>(page, 'makePhoto', WIDTH, HEIGHT);
        return ask<Found>(page, id);
      });
      figures.add(`longest ${id}`, found.longest);
      figures.add(`blocked ${id}`, found.blocked);
      figures.add(`took ${id}`, found.took);
      if (id === 'capture') made = found.size;
    }
  }
  return {
    size,
    made,
    rows: WAYS.map((id) => {
      const longest = figures.of(`longest ${id}`);
      return {
        id,
        label: LABELS[id],
        longest: { ...spreadOf(longest), worst: Math.max(...longest) },
        blocked: spreadOf(figures.of(`blocked ${id}`)),
        took: spreadOf(figures.of(`took ${id}`)),
      };
    }),
    ratio: ratiosOf(figures.of('took capture'), figures.of('took naive')),
  };
};
