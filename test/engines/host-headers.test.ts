import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { KycErrorDetail } from '../../src/index.js';
import type { Vendor } from '../../src/sandbox/index.js';
import type { EngineName, Tab } from './driver/tab.js';
import { until, waitFor } from './driver/tab.js';
import { ELSEWHERE, FRAME, HERE, inEachEngine, inside, PHASE, type Setting } from './setting.js';
import type { Run, RunOptions } from './site/shop.js';

const VENDORS: readonly Vendor[] = ['veriff', 'shufti-pro'];
const CSP = 'content-security-policy';
const COEP = 'cross-origin-embedder-policy';
const ISOLATION = { 'cross-origin-opener-policy': 'same-origin', [COEP]: 'require-corp' };

const open = async (setting: Setting, options: RunOptions): Promise<readonly [Run, Tab]> => {
  const run = await setting.shop.run(options);
  return [run, await setting.visit(run)];
};

/**
 * The first warning of ours in the console, which says it in its own time; the session URL is in
 * none.
 */
const firstWarning = async (run: Run, tab: Tab): Promise<string> => {
  const ours = (): readonly string[] =>
    tab.console.filter((line) => line.startsWith('kyc-verify: '));
  const first = await until(
    async () => ours()[0],
    () => `No warning among ${JSON.stringify(tab.console)}`,
  );
  assert.ok(!ours().some((line) => line.includes(new URL(run.sessionUrl).pathname)));
  return first;
};

/** The run failed by this code, and links to the provider's own page are shown. */
const assertFails = async (
  [run, tab]: readonly [Run, Tab],
  code: string,
  pageRequests: number,
): Promise<void> => {
  const detail = (await run.noted('kyc-verify kyc-error')).detail as KycErrorDetail;
  assert.equal(detail.code, code);
  assert.ok(!detail.message.includes(new URL(run.sessionUrl).pathname));
  await waitFor(tab, `!!${HERE} && !!${ELSEWHERE}`);
  for (const link of [HERE, ELSEWHERE]) {
    assert.ok(String(await tab.evaluate(`${link}.href`)).startsWith(run.sessionUrl));
  }
  assert.equal(await tab.evaluate(PHASE), 'failed');
  assert.equal((await run.inspect()).pageRequests, pageRequests);
};

const assertRuns = async ([run]: readonly [Run, Tab]): Promise<void> => {
  await run.noted('kyc-verify kyc-finished');
  assert.deepEqual(run.notes('kyc-verify kyc-error'), []);
};

/** Nobody told: of a page that greets the time limit does, of another one the person judges. */
const assertTimesOut = async (opened: readonly [Run, Tab], provider: Vendor): Promise<void> => {
  const [run, tab] = opened;
  if (provider === 'veriff') {
    await assertFails(opened, 'frame-timeout', 1);
    return;
  }
  await waitFor(tab, `!!${inside('[part=help] [part~=link]')}`);
  assert.ok(
    String(await tab.evaluate(`${inside('[part=help] [part~=link]')}.href`)).startsWith(
      run.sessionUrl,
    ),
  );
  assert.equal(await tab.evaluate(`!!${FRAME}`), true);
  assert.deepEqual(run.notes('kyc-verify kyc-error'), []);
};

const permissionsPolicy = (setting: Setting): void => {
  for (const policy of ['camera=()', 'camera=(self)']) {
    it(`${policy}: Chromium mounts nothing and says what to send; the others know no such header`, async () => {
      const opened = await open(setting, { headers: { 'permissions-policy': policy } });
      if (setting.engine.name !== 'chromium') {
        await assertRuns(opened);
        return;
      }
      await assertFails(opened, 'permissions-policy', 0);
      const [run, tab] = opened;
      const warning = await firstWarning(run, tab);
      assert.match(warning, /^kyc-verify: permissions-policy: Permissions-Policy: camera=\(self "/);
      assert.ok(warning.includes(`"${setting.shop.sandbox.origin}"`));
    });
  }

  it('camera=(self "https://provider"): runs', async () => {
    const { origin } = setting.shop.sandbox;
    const policy = `camera=(self "${origin}"), microphone=(self "${origin}")`;
    await assertRuns(await open(setting, { headers: { 'permissions-policy': policy } }));
  });
};

const isolation = (setting: Setting): void => {
  for (const provider of VENDORS) {
    it(`COOP and COEP, with ${provider}: cross-origin-isolated, and the provider is not asked`, async () => {
      const opened = await open(setting, { provider, headers: ISOLATION });
      assert.equal(await opened[1].evaluate('crossOriginIsolated'), true);
      await assertFails(opened, 'cross-origin-isolated', 0);
    });
  }
};

/** Which engines keep the frame out, and tell the page of it. */
const EMBEDDER_POLICIES: readonly (readonly [
  policy: string,
  outcome: Readonly<Record<EngineName, 'told' | 'untold' | 'runs'>>,
])[] = [
  ['require-corp', { chromium: 'told', firefox: 'untold', webkit: 'told' }],
  ['credentialless', { chromium: 'told', firefox: 'untold', webkit: 'runs' }],
];

const embedderPolicy = (setting: Setting): void => {
  for (const [policy, outcomes] of EMBEDDER_POLICIES) {
    for (const provider of VENDORS) {
      it(`COEP: ${policy}, with ${provider}: frame-blocked where the engine tells, else the time limit`, async () => {
        const outcome = outcomes[setting.engine.name];
        const opened = await open(setting, {
          provider,
          headers: { [COEP]: policy },
          attributes: { timeout: outcome === 'untold' ? '300' : '0' },
        });
        if (outcome === 'told') await assertFails(opened, 'frame-blocked', 1);
        else if (outcome === 'untold') await assertTimesOut(opened, provider);
        else await assertRuns(opened);
      });
    }
  }

  it('COEP that is only reported: runs', async () => {
    await assertRuns(await open(setting, { headers: { [`${COEP}-report-only`]: 'require-corp' } }));
  });
};

const contentPolicy = (setting: Setting): void => {
  for (const provider of VENDORS) {
    for (const policy of ["frame-src 'self'", "default-src 'self'"]) {
      it(`CSP: ${policy}, with ${provider}: frame-blocked, and the provider is not asked`, async () => {
        const opened = await open(setting, {
          provider,
          headers: { [CSP]: policy },
          attributes: { timeout: '0' },
        });
        await assertFails(opened, 'frame-blocked', 0);
        const [run, tab] = opened;
        assert.equal(await tab.evaluate(FRAME), null);
        // WebDriver does not tell of the console.
        if (setting.engine.name === 'webkit') return;
        const warning = await firstWarning(run, tab);
        assert.match(warning, /^kyc-verify: frame-blocked: Content-Security-Policy: frame-src /);
        assert.ok(warning.includes(setting.shop.sandbox.origin));
      });
    }

    it(`CSP that lets in the first page alone, with ${provider} which goes on to another: frame-blocked`, async () => {
      const opened = await open(setting, {
        provider,
        headers: { [CSP]: `frame-src ${setting.shop.sandbox.origin}` },
        attributes: { timeout: '0' },
        switches: { fault: 'hop-302', pilot: true },
      });
      await assertFails(opened, 'frame-blocked', 1);
      assert.equal(await opened[1].evaluate(FRAME), null);
    });
  }

  it('CSP that is only reported: runs', async () => {
    await assertRuns(
      await open(setting, { headers: { [`${CSP}-report-only`]: "frame-src 'self'" } }),
    );
  });
};

inEachEngine('headers of the host page', (setting) => {
  describe('Permissions-Policy', () => {
    permissionsPolicy(setting);
  });
  describe('cross-origin isolation', () => {
    isolation(setting);
  });
  describe('Cross-Origin-Embedder-Policy', () => {
    embedderPolicy(setting);
  });
  describe('Content-Security-Policy', () => {
    contentPolicy(setting);
  });
});
