import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { renderFrame } from '../../src/frame.js';
import { KycReturn, KycVerify } from '../../src/react/index.js';
import { App, type Mode, type Notes } from '../react/app.js';
import { openSite, type Site } from './support/site.js';

const SECRET = 'https://saas.veriff.com/v/secret-token';

/** As the page's own global. */
interface Global {
  readonly notes: Notes;
}

/** The element, while it is not one of ours yet. */
interface Collector {
  /** What the frame has said so far. */
  readonly kycEarly: readonly unknown[];
}

let site: Site;

/** What the server renders of a page: nothing, or the whole app around a frame of its own. */
const rootOf = async (mode: Mode): Promise<string> => {
  const trustedOrigins = site.sandbox.origin;
  if (mode === 'back') return renderToString(createElement(App, { mode, trustedOrigins }));
  if (mode !== 'adopted') return '';
  const markup = renderFrame({
    sessionUrl: await site.createSession(),
    provider: 'veriff',
    trustedOrigins,
  });
  return renderToString(createElement(App, { mode, trustedOrigins, markup }));
};

before(async () => {
  site = await openSite(async (path) => ({
    script: 'test/react/page.ts',
    root: await rootOf(path.slice(1) as Mode),
  }));
});

after(async () => {
  await site.close();
});

const newPage = async (): Promise<Page> => {
  const page = await site.browser.newPage();
  page.setDefaultTimeout(10_000);
  return page;
};

/** Opens the app in this mode. */
const open = async (mode: Mode): Promise<Page> => {
  const page = await newPage();
  await page.goto(`${site.url}/${mode}`);
  return page;
};

const read = (page: Page): Promise<Omit<Notes, 'element' | 'answer'>> =>
  page.evaluate(() => {
    const { events, errors, complaints, asked } = (globalThis as unknown as Global).notes;
    return { events, errors, complaints, asked };
  });

/** The app has heard this event so many times. */
const heard = async (page: Page, name: string, times = 1): Promise<void> => {
  await page.waitForFunction(
    (wanted) => {
      const { events } = (globalThis as unknown as Global).notes;
      return events.filter((event) => event.startsWith(wanted.name)).length >= wanted.times;
    },
    { name, times },
  );
};

/** Has the server answer, in the mode `late`. */
const answer = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => !!(globalThis as unknown as Global).notes.answer);
  await page.evaluate(() => {
    (globalThis as unknown as Global).notes.answer?.();
  });
};

const render = async (page: Page): Promise<void> => {
  const count = Number(await page.locator('section').getAttribute('data-rendering'));
  await page.getByRole('button', { name: 'Render' }).click();
  await page.locator(`[data-rendering="${count + 1}"]`).waitFor();
};

describe('KycVerify of React, in StrictMode', () => {
  it('asks for one session, and runs it to its end with each handler called once', async () => {
    const page = await open('late');
    // Each rendering has new handlers.
    await render(page);
    await render(page);
    await answer(page);
    await heard(page, 'kyc-finished');
    assert.deepEqual(await read(page), {
      asked: 1,
      events: ['kyc-ready veriff 3', 'kyc-submitted veriff 3', 'kyc-finished veriff 3'],
      errors: [],
      complaints: [],
    });
    const inspection = await site.inspect(site.sessions.at(-1) ?? '');
    assert.equal(inspection.pageRequests, 1);
    await page.close();
  });

  it('gives the element by its ref, keeps its defaults, and puts no URL into the page', async () => {
    const page = await open('asks');
    await heard(page, 'kyc-ready');
    const seen = await page.evaluate(() => {
      const { element } = (globalThis as unknown as Global).notes;
      const markup = document.documentElement.outerHTML;
      return {
        markup,
        values: [element?.localName, element?.timeout, element?.display, element?.open],
      };
    });
    assert.deepEqual(seen.values, ['kyc-verify', 20_000, 'inline', false]);
    assert.ok(!seen.markup.includes(site.sessions.at(-1) ?? ''));
    assert.match(seen.markup, /<kyc-verify><p>Before it begins<\/p><\/kyc-verify>/);
    await page.close();
  });

  it('begins a new run with another session', async () => {
    const page = await open('given');
    await page.getByText('Before it begins').waitFor();
    for (const run of [1, 2]) {
      await page.getByRole('button', { name: 'Another session' }).click();
      await heard(page, 'kyc-ready', run);
      const sessionUrl = site.sessions.at(-1) ?? '';
      assert.equal((await site.inspect(sessionUrl)).pageRequests, 1);
    }
    await heard(page, 'kyc-finished');
    assert.equal((await read(page)).asked, 0);
    await page.close();
  });

  it('takes a session from its server in place of its own, when it is given one', async () => {
    const page = await open('asks');
    await heard(page, 'kyc-ready');
    await page.getByRole('button', { name: 'Another session' }).click();
    await heard(page, 'kyc-ready', 2);
    assert.equal((await site.inspect(site.sessions.at(-1) ?? '')).pageRequests, 1);
    assert.equal((await read(page)).asked, 1);
    await page.close();
  });

  it('puts no URL into the page where another script has registered the element first', async () => {
    const page = await newPage();
    await page.addInitScript(() => {
      customElements.define('kyc-verify', class extends HTMLElement {});
    });
    await page.goto(`${site.url}/given`);
    await page.getByRole('button', { name: 'Another session' }).click();
    await page.waitForFunction(() => !!(globalThis as unknown as Global).notes.element?.sessionUrl);
    const markup = await page.evaluate(() => document.documentElement.outerHTML);
    assert.ok(!markup.includes(site.sessions.at(-1) ?? ''));
    await page.close();
  });

  it('leaves nothing behind when it is unmounted, and asks again when it is mounted again', async () => {
    const page = await open('asks');
    await heard(page, 'kyc-ready');
    const toggle = page.getByRole('button', { name: 'Toggle' });
    await toggle.click();
    await page.locator('section').waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => globalThis.length), 0, 'a frame is still there');
    assert.equal(await page.evaluate(() => (globalThis as unknown as Global).notes.element), null);
    await toggle.click();
    await heard(page, 'kyc-finished');
    const { asked, events, complaints } = await read(page);
    assert.equal(asked, 2);
    assert.deepEqual(complaints, []);
    assert.ok(!events.some((event) => event.startsWith('kyc-canceled')));
    await page.close();
  });

  it('does nothing with a session that comes when it is gone', async () => {
    const page = await open('late');
    await page.waitForFunction(() => (globalThis as unknown as Global).notes.asked === 1);
    await page.getByRole('button', { name: 'Toggle' }).click();
    await page.locator('section').waitFor({ state: 'detached' });
    const answered = page.waitForResponse('**/session');
    await answer(page);
    await (await answered).finished();
    // What the answer would bring comes before what a later mounting asks for.
    await page.getByRole('button', { name: 'Toggle' }).click();
    await page.waitForFunction(() => (globalThis as unknown as Global).notes.asked === 2);
    assert.equal(await page.locator('kyc-verify iframe').count(), 0);
    assert.deepEqual((await read(page)).complaints, []);
    await page.close();
  });

  it('tells once that no session came', async () => {
    const page = await open('refused');
    await page.waitForFunction(() => (globalThis as unknown as Global).notes.errors.length > 0);
    await render(page);
    const { asked, errors, events } = await read(page);
    assert.deepEqual(
      { asked, errors, events },
      {
        asked: 1,
        errors: ['Error: No session today. 1'],
        events: [],
      },
    );
    await page.close();
  });

  it('reports to the window, and tells the person, where nobody listens for that', async () => {
    const page = await open('refused-unheard');
    await page.getByText('missing-session-url').waitFor();
    const { errors, events } = await read(page);
    assert.deepEqual(errors, ['Uncaught Error: No session today.']);
    assert.deepEqual(events, ['kyc-error missing-session-url 1']);
    await page.close();
  });

  it('leaves a modal closed that the person has closed', async () => {
    const page = await open('modal');
    await heard(page, 'kyc-finished');
    await page.getByRole('button', { name: 'Close' }).first().click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await render(page);
    assert.equal(
      await page.evaluate(() => (globalThis as unknown as Global).notes.element?.open),
      false,
    );
    await page.close();
  });

  it('hydrates around a frame that the server rendered, and misses nothing', async () => {
    const page = await newPage();
    // The script comes late: the provider's page is up and has spoken.
    await page.route('**/page.ts', async (route) => {
      await page.waitForFunction(() => {
        const { kycEarly } = document.querySelector('kyc-verify') as Partial<Collector>;
        return !!kycEarly?.length;
      });
      await route.continue();
    });
    await page.goto(`${site.url}/adopted`);
    await heard(page, 'kyc-ready');
    await render(page);
    await render(page);
    await heard(page, 'kyc-finished');
    const { complaints, errors, events } = await read(page);
    assert.deepEqual({ complaints, errors }, { complaints: [], errors: [] });
    assert.equal(events[0], 'kyc-ready veriff 1');
    assert.equal((await site.inspect(site.sessions.at(-1) ?? '')).pageRequests, 1);
    await page.close();
  });

  it('hydrates a callback page, and hears at once what is wrong with it', async () => {
    const page = await open('back');
    await heard(page, 'kyc-error');
    assert.deepEqual(await read(page), {
      asked: 0,
      events: ['kyc-error return-mismatch 0'],
      errors: [],
      complaints: [],
    });
    await page.close();
  });
});

describe('the components of React on a server', () => {
  it('give the tag and its children, and never a URL', () => {
    const complaints: unknown[] = [];
    const { error: say } = console;
    console.error = (...words: unknown[]) => complaints.push(words);
    const markup = renderToString(
      createElement(
        'main',
        null,
        createElement(
          KycVerify,
          {
            className: 'wide',
            sessionUrl: SECRET,
            provider: 'veriff',
            sessionState: 'state',
            texts: { finished: 'Thank you' },
            onKycFinished: () => undefined,
          },
          createElement('p', null, 'One moment'),
        ),
        createElement(KycVerify, {
          createSession: () => {
            throw new Error('A server has nobody to ask for.');
          },
        }),
        createElement(KycReturn, { stay: true }, 'Welcome back'),
      ),
    );
    console.error = say;
    assert.equal(
      markup,
      '<main><kyc-verify defer-hydration="" class="wide"><p>One moment</p></kyc-verify>' +
        '<kyc-verify defer-hydration=""></kyc-verify>' +
        '<kyc-return defer-hydration="">Welcome back</kyc-return></main>',
    );
    assert.deepEqual(complaints, []);
  });
});
