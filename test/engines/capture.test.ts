import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import type { SpecimenName } from '../../src/sandbox/index.js';
import { serveDemo, type DemoServer } from '../support/demo-server.js';
import { engineNames, startEngine } from './driver/engines.js';
import { waitFor, type Engine } from './driver/tab.js';
import { CaptureDemo, collecting, type DemoChoice } from './site/capture-demo.js';
import { emptyClip } from './site/clip.js';

const specimen = (name: SpecimenName): string =>
  fileURLToPath(new URL(`../../src/sandbox/specimens/${name}`, import.meta.url));

const CARD = specimen('genuine-identity-card.jpg');
const FACE = specimen('genuine-face.jpg');
const NOTE = specimen('genuine-consent-note.png');

/** All that Shufti Pro can be shown. */
const ALL = { provider: 'shufti-pro', services: ['additional', 'address', 'consent'] } as const;

const VIDEO = collecting('.camera video');

/** Keeps the camera's track where the element cannot reach it. */
const HOLD = `void (globalThis.held = ${VIDEO}.srcObject.getTracks()[0])`;
const HAS_ENDED = "held.readyState === 'ended'";

for (const name of engineNames) {
  describe(`a merchant’s own front end, in ${name}`, () => {
    let engine: Engine;
    let site: DemoServer;
    let folder: string;
    let clip: string;
    let demo: CaptureDemo | undefined;

    before(async () => {
      [engine, site, folder] = await Promise.all([
        startEngine(name),
        serveDemo(),
        mkdtemp(join(tmpdir(), 'kyc-verify-clip-')),
      ]);
      clip = join(folder, 'clip.mp4');
      await writeFile(clip, emptyClip());
    });
    afterEach(async () => {
      await demo?.tab.close();
      demo = undefined;
    });
    after(async () => {
      await engine.close();
      await site.close();
      await rm(folder, { recursive: true });
    });

    const begin = async (choice: DemoChoice = {}): Promise<CaptureDemo> => {
      demo = await CaptureDemo.open(engine, site.url, choice);
      await demo.press('Start');
      return demo;
    };

    it('goes whole with Veriff, by the camera', async () => {
      const demo = await begin();
      await demo.pick('ID_CARD');
      await demo.openCamera();
      for (let proofs = 0; proofs < 3; proofs += 1) await demo.useCamera();
      assert.match(await demo.sendAll(), /veriff\s+word\s+approved/);
    });

    it('goes whole with Veriff, from files', async () => {
      const demo = await begin();
      await demo.pick('ID_CARD');
      for (const file of [CARD, CARD, FACE]) await demo.useFile(file);
      assert.match(await demo.sendAll(), /veriff\s+word\s+approved/);
    });

    it('goes whole with Shufti Pro, by the camera', async () => {
      const demo = await begin(ALL);
      await demo.pick('driving_license');
      await demo.openCamera();
      for (let proofs = 0; proofs < 3; proofs += 1) await demo.useCamera();
      await demo.pick('utility_bill');
      await demo.useCamera();
      await demo.pick('handwritten');
      await demo.useCamera();
      assert.match(await demo.sendAll(), /shufti-pro\s+word\s+approved/);
    });

    it('goes whole with Shufti Pro, from files', async () => {
      const demo = await begin(ALL);
      await demo.pick('id_card');
      for (const file of [CARD, CARD, FACE]) await demo.useFile(file);
      await demo.pick('bank_statement');
      await demo.useFile(CARD);
      await demo.pick('printed');
      await demo.useFile(NOTE);
      assert.match(await demo.sendAll(), /shufti-pro\s+word\s+approved/);
    });

    it('goes whole with pictures alone, and says why a video is none', async () => {
      const demo = await begin({
        provider: 'shufti-pro',
        services: ['additional'],
        mode: 'image_only',
      });
      await demo.pick('id_card');
      await demo.give(clip);
      await demo.says('This kind of file cannot be used');
      await demo.openCamera();
      assert.equal(await demo.has('Record a video'), false);
      await demo.useCamera();
      await demo.atStep('document-additional', 'make');
      await demo.isFilming();
      await demo.press('Leave this out');
      await demo.useFile(FACE);
      assert.match(await demo.sendAll(), /shufti-pro\s+word\s+approved/);
    });

    it('goes whole with videos alone: recorded, or from a file where it cannot be', async () => {
      const demo = await begin({
        provider: 'shufti-pro',
        services: ['additional'],
        mode: 'video_only',
      });
      await demo.pick('id_card');
      // Firefox records WebM alone, and WebKitGTK has no MediaRecorder; so do builds without H.264.
      const canRecord = await demo.tab.evaluate(
        "globalThis.MediaRecorder?.isTypeSupported('video/mp4') ?? false",
      );
      if (canRecord) {
        await demo.openCamera();
        assert.equal(await demo.has('Take the picture'), false);
        await demo.record();
      } else {
        await demo.says('This browser cannot record the kind of video that is needed.');
        assert.equal(await demo.has('Open the camera'), false);
        await demo.useFile(clip);
      }
      await demo.atStep('document-additional', 'make');
      if (canRecord) await demo.isFilming();
      await demo.press('Leave this out');
      await demo.atStep('face', 'make');
      await demo.give(CARD);
      await demo.says('This kind of file cannot be used');
      await demo.useFile(clip);
      assert.match(await demo.sendAll(), /shufti-pro\s+word\s+approved/);
    });

    it('hands everything to the page alone, where the page asks for it', async () => {
      const demo = await begin({ where: 'page' });
      await demo.pick('PASSPORT');
      await demo.useFile(CARD);
      await demo.openCamera();
      await demo.useCamera();
      const asked = "performance.getEntriesByType('resource').length";
      const before = await demo.tab.evaluate(asked);
      await demo.press('Send');
      const line = await demo.logged('kyc-captured', 'page');
      assert.match(line, /document-front: image\/jpeg, \d+ bytes/);
      assert.match(line, /face: image\/jpeg, \d+ bytes/);
      await demo.says('Thank you, that is everything');
      assert.equal(await demo.tab.evaluate(asked), before, 'nothing was sent');
      assert.equal(await demo.hasLogged('kyc-submitted'), false);
    });

    it('has the camera on exactly as long as it is shown', async () => {
      const demo = await begin();
      const { tab } = demo;
      /** Opened, and held where the element cannot reach it. */
      const hold = async (): Promise<void> => {
        await demo.isFilming();
        await tab.evaluate(HOLD);
        assert.equal(await tab.evaluate(HAS_ENDED), false);
      };
      await demo.pick('ID_CARD');
      await demo.openCamera();
      await hold();
      await tab.hide();
      await waitFor(tab, `document.hidden && ${HAS_ENDED}`);
      await tab.show();
      await hold();
      await demo.press('Take the picture');
      await waitFor(tab, HAS_ENDED);
      await demo.press('Use this');
      await hold();
      await demo.give(clip);
      await demo.says('This kind of file cannot be used');
      assert.equal(await tab.evaluate(HAS_ENDED), true, 'after an error');
      await demo.openCamera();
      await hold();
      await demo.press('Stop');
      await waitFor(tab, HAS_ENDED);
      await demo.press('Keep going');
      await hold();
      await demo.press('Stop');
      await demo.press('Stop');
      await demo.says('Try again');
      assert.equal(await tab.evaluate(HAS_ENDED), true, 'once it is canceled');
      await demo.press('Try again');
      await demo.pick('ID_CARD');
      await demo.openCamera();
      await hold();
      await tab.evaluate("void document.querySelector('kyc-capture').remove()");
      assert.equal(await tab.evaluate(HAS_ENDED), true, 'once it is removed');
    });
  });
}
