import { expect } from '@open-wc/testing';
import { createVeriffFrame, MESSAGES } from '@veriff/incontext-sdk';
import '../../src/define.js';
import { Recorder } from '../support/recorder.js';
import { createSession } from '../support/sandbox.js';

/** Has the vendor's own client run a session of the sandbox, and gives what it said. */
const runVendorClient = async (switches: object, last: MESSAGES): Promise<readonly string[]> => {
  const { url } = await createSession('veriff', switches);
  const heard: string[] = [];
  await new Promise<void>((resolve) => {
    createVeriffFrame({
      url,
      onEvent: (message) => {
        heard.push(message);
        if (message === last) resolve();
      },
      onReload: () => undefined,
    });
  });
  return heard;
};

/** Has `<kyc-verify>` run the same kind of session, and gives what it said. */
const runElement = async (
  switches: object,
  last: 'kyc-finished' | 'kyc-canceled',
): Promise<readonly string[]> => {
  const session = await createSession('veriff', switches);
  const element = document.createElement('kyc-verify');
  const recorder = new Recorder(element);
  Object.assign(element, {
    provider: 'veriff',
    trustedOrigins: session.trustedOrigins,
    sessionUrl: session.url,
  });
  document.body.append(element);
  await recorder.first(last);
  element.remove();
  return recorder.names;
};

describe("the sandbox's Veriff page and the vendor's own client", () => {
  for (const { name, switches, vendor, ours } of [
    {
      name: 'a whole run',
      switches: { pilot: true },
      vendor: [MESSAGES.STARTED, MESSAGES.SUBMITTED, MESSAGES.FINISHED],
      ours: ['kyc-ready', 'kyc-started', 'kyc-submitted', 'kyc-finished'],
    },
    {
      name: 'canceled at once',
      switches: { pilot: true, fault: 'cancel-intro' },
      vendor: [MESSAGES.CANCELED],
      ours: ['kyc-ready', 'kyc-canceled'],
    },
    {
      name: 'canceled at the document',
      switches: { pilot: true, fault: 'cancel-document' },
      vendor: [MESSAGES.STARTED, MESSAGES.CANCELED],
      ours: ['kyc-ready', 'kyc-started', 'kyc-canceled'],
    },
    {
      name: 'a reload asked for, and done without',
      switches: { pilot: true, fault: 'reload-request' },
      vendor: [MESSAGES.STARTED, MESSAGES.RELOAD_REQUEST, MESSAGES.SUBMITTED, MESSAGES.FINISHED],
      ours: ['kyc-ready', 'kyc-started', 'kyc-reload-request', 'kyc-submitted', 'kyc-finished'],
    },
  ] as const) {
    it(`${name}: the client hears what it waits for, and <kyc-verify> tells the same`, async () => {
      expect(await runVendorClient(switches, vendor.at(-1)!)).to.deep.equal(vendor);
      const last = ours.at(-1) as 'kyc-finished' | 'kyc-canceled';
      expect(await runElement(switches, last)).to.deep.equal(ours);
    });
  }
});
