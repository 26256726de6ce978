import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';

import { KycServerError, memoryStore, type StartedSession } from '../../src/server/index.js';
import { as, type Merchant, startMerchant } from './merchant.js';
import { startVendor, type Vendor } from './vendor.js';

const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]);

/** What the merchant asks Shufti Pro for: several types, of which the person picks. */
const DETAILS = {
  email: 'mia@example.com',
  document: { supported_types: ['passport', 'id_card'] },
  address: { supported_types: ['utility_bill', 'bank_statement'] },
  consent: { supported_types: ['handwritten', 'printed'], text: 'I agree' },
};

describe('the types that the person picked', () => {
  let vendor: Vendor;
  let merchant: Merchant;
  let session: StartedSession;
  before(async () => {
    vendor = await startVendor();
  });
  afterEach(async () => merchant.close());
  after(async () => vendor.close());

  const begin = async (
    provider: 'veriff' | 'shufti-pro',
    details: Readonly<Record<string, unknown>> = DETAILS,
    contexts: readonly string[] = ['document', 'address', 'consent'],
  ): Promise<void> => {
    merchant = await startMerchant(vendor, {
      store: memoryStore(),
      details: () => (provider === 'veriff' ? {} : details),
    });
    session = await merchant.start('mia', { provider, flow: 'capture' });
    for (const context of contexts) {
      const { status } = await merchant.ask(`/sessions/${session.id}/media?context=${context}`, {
        method: 'POST',
        body: JPEG,
        headers: { ...as('mia'), 'Content-Type': 'image/jpeg', 'Idempotency-Key': context },
      });
      equal(status, 204);
    }
    vendor.asked.length = 0;
  };
  const submit = async (body: unknown): Promise<Response> =>
    merchant.post(`/sessions/${session.id}/submit`, 'mia', body);
  const sent = (service: string): unknown =>
    (vendor.asked[0]?.body[service] as { supported_types: unknown }).supported_types;

  it('are told to Shufti Pro, which wants one alone for a proof', async () => {
    await begin('shufti-pro');
    const types = { document: 'id_card', address: 'utility_bill', consent: 'printed' };
    equal((await submit({ types })).status, 200);
    deepEqual(sent('document'), ['id_card']);
    deepEqual(sent('address'), ['utility_bill']);
    deepEqual(sent('consent'), ['printed']);
    equal(vendor.asked.length, 1);
  });

  it('need not be told where the merchant asks for one alone', async () => {
    const details = { email: 'mia@example.com', document: { supported_types: ['passport'] } };
    await begin('shufti-pro', details, ['document']);
    equal((await submit({})).status, 200);
    deepEqual(sent('document'), ['passport']);
  });

  it('widen nothing: what the merchant does not ask for is not verified as such', async () => {
    const details = { email: 'mia@example.com', document: { supported_types: ['passport'] } };
    await begin('shufti-pro', details, ['document']);
    const types = { document: 'credit_or_debit_card', address: 'utility_bill', consent: 'printed' };
    equal((await submit({ types })).status, 200);
    deepEqual(sent('document'), ['passport']);
    ok(!('address' in vendor.asked[0]!.body));
  });

  it('are missed before anything is sent, and the merchant is told where', async () => {
    await begin('shufti-pro');
    vendor.trouble = ({ path }) => (path === '/status' ? 404 : undefined);
    for (const types of [{}, { document: 'driving_license' }]) {
      equal((await submit({ types })).status, 409);
    }
    equal(vendor.asked.filter(({ path }) => path === '/').length, 0);
    const [failure] = merchant.failures;
    ok(failure instanceof KycServerError);
    equal(failure.path, 'document.supported_types');
    vendor.trouble = () => undefined;
    const types = { document: 'id_card', address: 'utility_bill', consent: 'printed' };
    equal((await submit({ types })).status, 200);
  });

  it('are nothing to Veriff, whose session had its type from the beginning', async () => {
    await begin('veriff', {}, ['document-front']);
    equal((await submit({ types: { document: 'PASSPORT' } })).status, 200);
    const [patch] = vendor.asked;
    deepEqual(patch?.body, { verification: { status: 'submitted' } });
  });

  for (const [name, types] of [
    ['no object', 'id_card'],
    ['null', null],
    ['a list', ['id_card']],
    ['another subject', { phone: 'id_card' }],
    ['a subject with more to it', { 'document ': 'id_card' }],
    ['a prototype', JSON.parse('{"__proto__":"id_card"}') as unknown],
    ['a list of types', { document: ['id_card', 'passport'] }],
    ['an empty type', { document: '' }],
    ['a type with a space', { document: 'id card' }],
    ['a type that is too long', { document: 'a'.repeat(65) }],
    ['a line after the type', { document: 'id_card\n' }],
  ] as const) {
    it(`are refused with 400: ${name}`, async () => {
      await begin('shufti-pro');
      equal((await submit({ types })).status, 400);
      equal(vendor.asked.length, 0);
    });
  }
});
