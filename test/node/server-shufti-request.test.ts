import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';

import { shuftiPro, type ShuftiProClient } from '../../src/server/index.js';
import { errorOf, file, png, signedByShufti, startVendor, type Arrival } from './server-vendor.js';

const SECRET = 'the-secret-key';
const TODAY = Date.parse('2026-03-15T12:00:00Z');
const MIB = 1024 * 1024;

type Fields = Record<string, unknown>;

/** A client, and what came of it at the vendor. */
const begin = async (
  context: TestContext,
  options: object = {},
): Promise<{ readonly client: ShuftiProClient; readonly arrivals: readonly Arrival[] }> => {
  const { baseUrl, arrivals } = await startVendor(context, ({ body }) => {
    const { reference } = JSON.parse(body.toString()) as Fields;
    const url = 'https://app.shuftipro.com/verification/process/1';
    return signedByShufti({ reference, event: 'request.pending', verification_url: url }, SECRET);
  });
  const client = shuftiPro({
    clientId: 'client',
    secretKey: SECRET,
    baseUrl,
    now: () => TODAY,
    ...options,
  });
  return { client, arrivals };
};

const common = (): Fields => ({
  reference: 'abc123',
  email: 'a@b.co',
  callback_url: 'http://merchant.example',
});

const document = (fields: Fields): Fields => ({
  document: { proof: png(), supported_types: ['passport'], ...fields },
});
const address = (fields: Fields): Fields => ({
  address: { proof: png(), supported_types: ['utility_bill'], ...fields },
});
const consent = (fields: Fields): Fields => ({
  consent: { proof: png(), supported_types: ['printed'], text: 'I agree', ...fields },
});
const phone = (fields: Fields): Fields => ({ phone: fields });
const checks = (fields: Fields): Fields => ({
  background_checks: { name: { first_name: 'John' }, dob: '1992-10-10', ...fields },
});
const checkName = (fields: Fields): Fields => checks({ name: { first_name: 'John', ...fields } });

const x = (length: number): string => 'x'.repeat(length);

/** Of each field, how to put it into a request, what is just good and what is not any more. */
interface Row {
  readonly path: string;
  readonly put: (value: unknown) => Fields;
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
}

const row = (
  path: string,
  put: (value: unknown) => Fields,
  good: readonly unknown[],
  bad: readonly unknown[],
): Row => ({ path, put, good, bad: [...bad, null, 7] });

const NAMES = [
  "John'O Harra",
  'Carter-Joe',
  'John, Huricane Jr.',
  x(32),
  'Zoë',
  'Ze\u0301',
  'नेहा',
  '王',
  '𠮷'.repeat(32),
] as const;
const NO_NAMES = [
  x(33),
  '𠮷'.repeat(33),
  'a1',
  'a_b',
  'a\nb',
  'a\tb',
  '<b>',
  'a’b',
  ['x'],
] as const;

const FLAGS = [['0', '1'] as const, ['2', '', 'true', true, 1] as const] as const;
const NO_DAYS = ['1990-1-1', '1990-02-30', '01-01-1990', '1990-01-01T00:00', 'today', ' '] as const;
const PAST = [
  ['2026-03-14', '1990-12-31', '2024-02-29'] as const,
  ['2026-03-15', '2026-03-16', '2023-02-29', ...NO_DAYS] as const,
] as const;
const URLS = [
  ['http://a', 'https://merchant.example/a?b=c', `https://a/${x(240)}`] as const,
  [`https://a/${x(241)}`, 'ftp://merchant.example', 'javascript:alert(1)', 'merchant', '', 'a://b'],
] as const;
const REFERENCES = [
  ['abc123', x(250), 'ABCdef'] as const,
  ['abc12', x(251), 'abc-123', 'abc 123', 'abcdé1', '', 'abc123\n'] as const,
] as const;
const FILES = [
  [
    png(),
    Buffer.from(png()).toString('base64'),
    `data:image/png;base64,${Buffer.from(png()).toString('base64')}`,
    // The label counts nothing.
    `data:text/html;base64,${Buffer.from(png()).toString('base64')}`,
    file(9, '\xff\xd8\xff'),
    file(9, '%PDF-1.7'),
    file(99, '\0\0\0\x20ftypisom'),
    file(99, '\0\0\0\x20ftypmp42'),
    file(99, '\0\0\0\x14ftypqt  '),
  ] as const,
  [
    'not base64!',
    'data:image/png;base64,iVBORw0KGgo',
    `data:image/png;base64,${Buffer.from('GIF89a, whatever it says').toString('base64')}`,
    `data:image/png,${Buffer.from(png()).toString('base64')}`,
    file(99, 'RIFF\0\0\0\0WEBP'),
    file(99, '\0\0\0\x18ftypheic'),
    file(99, '\0\0\0\x18ftypmif1'),
    file(99, '\0\0\0\x18ftypavif'),
    file(99, '<svg'),
    file(99, ''),
    file(4, '\x89PNG'),
    {},
  ] as const,
] as const;

const ROWS: readonly Row[] = [
  row('reference', (reference) => ({ reference }), ...REFERENCES),
  row(
    'country',
    (country) => ({ country }),
    ['GB', 'ZW', 'AX'],
    ['XX', 'UK', 'GBR', 'gb', '', 'A', ' G'],
  ),
  row(
    'language',
    (language) => ({ language }),
    ['EN', 'et', 'ZU'],
    ['XX', 'ENG', '', 'E', 'en-GB'],
  ),
  row(
    'email',
    (email) => ({ email }),
    ['a@b.co', `${x(123)}@b.co`, "o'brien+x@merchant.example"],
    ['a@b.c', `${x(124)}@b.co`, 'johndoe', 'a b@c.example', 'a@b@c.example'],
  ),
  row('callback_url', (url) => ({ callback_url: url }), ...URLS),
  row('redirect_url', (url) => ({ redirect_url: url }), ...URLS),
  row(
    'verification_mode',
    (mode) => ({ verification_mode: mode }),
    ['any', 'image_only'],
    ['', 'video', 'Any'],
  ),
  row('show_results', (flag) => ({ show_results: flag }), ...FLAGS),
  row('show_consent', (flag) => ({ show_consent: flag }), ...FLAGS),
  row('show_privacy_policy', (flag) => ({ show_privacy_policy: flag }), ...FLAGS),
  row('face.proof', (proof) => ({ face: { proof } }), ...FILES),
  row('document.proof', (proof) => document({ proof }), ...FILES),
  row('document.additional_proof', (proof) => document({ additional_proof: proof }), ...FILES),
  row('address.proof', (proof) => address({ proof }), ...FILES),
  row('address.additional_proof', (proof) => address({ additional_proof: proof }), ...FILES),
  row('consent.proof', (proof) => consent({ proof }), ...FILES),
  row(
    'document.supported_types',
    (types) => document({ supported_types: types }),
    ['passport', 'id_card', 'driving_license', 'credit_or_debit_card'].map((type) => [type]),
    [[], ['passport', 'id_card'], 'passport'],
  ),
  row(
    'document.supported_types.0',
    (type) => document({ supported_types: [type] }),
    ['passport'],
    ['utility_bill', '', 'Passport'],
  ),
  row(
    'address.supported_types',
    (types) => address({ supported_types: types }),
    [
      ['id_card'],
      ['passport'],
      ['driving_license'],
      ['utility_bill'],
      ['bank_statement'],
      ['rent_agreement'],
      ['employer_letter'],
      ['insurance_agreement'],
      ['tax_bill'],
    ],
    [[], ['passport', 'id_card']],
  ),
  row(
    'address.supported_types.0',
    (type) => address({ supported_types: [type] }),
    ['tax_bill'],
    ['utiltiy_bill', 'credit_or_debit_card'],
  ),
  row(
    'consent.supported_types',
    (types) => consent({ supported_types: types }),
    [['printed'], ['handwritten']],
    [[], ['printed', 'handwritten']],
  ),
  row(
    'consent.supported_types.0',
    (type) => consent({ supported_types: [type] }),
    ['printed'],
    [''],
  ),
  row(
    'consent.text',
    (text) => consent({ text }),
    ['ab', x(100), '<any> "text" 1'],
    ['a', x(101), ''],
  ),
  ...['first_name', 'middle_name', 'last_name'].flatMap((part) => [
    row(
      `document.name.${part}`,
      (name) => document({ name: { [part]: name } }),
      ['', ...NAMES],
      NO_NAMES,
    ),
    row(
      `address.name.${part}`,
      (name) => address({ name: { [part]: name } }),
      ['', ...NAMES],
      NO_NAMES,
    ),
    row(`background_checks.name.${part}`, (name) => checkName({ [part]: name }), NAMES, [
      '',
      ...NO_NAMES,
    ]),
  ]),
  row('document.name', (name) => document({ name }), ['', {}], ['John', true]),
  row('address.name', (name) => address({ name }), ['', {}], ['John', true]),
  row(
    'document.name.fuzzy_match',
    (one) => document({ name: { fuzzy_match: one } }),
    ['1'],
    ['0', ''],
  ),
  row(
    'address.name.fuzzy_match',
    (one) => address({ name: { fuzzy_match: one } }),
    ['1'],
    ['0', ''],
  ),
  row('document.dob', (dob) => document({ dob }), ['', ...PAST[0]], PAST[1]),
  row('document.issue_date', (day) => document({ issue_date: day }), ['', ...PAST[0]], PAST[1]),
  row('address.issue_date', (day) => address({ issue_date: day }), ['', ...PAST[0]], PAST[1]),
  row('background_checks.dob', (dob) => checks({ dob }), PAST[0], ['', ...PAST[1]]),
  row(
    'document.expiry_date',
    (day) => document({ expiry_date: day }),
    ['', '2026-03-16', '2028-02-29'],
    ['2026-03-15', '2026-03-14', '2027-02-29', ...NO_DAYS],
  ),
  row(
    'document.document_number',
    (number) => document({ document_number: number }),
    ['', 'ab', x(100), '35201-0000000-0', 'ABC1234XYZ098', 'a. _,-b', 'АБ٣'],
    ['a', x(101), 'a#b', 'a/b', "a'b", 'a\nb'],
  ),
  row(
    'address.full_address',
    (value) => address({ full_address: value }),
    ['', 'ab', x(250), 'Flat #3, Main_St. 12-4', 'Tõnismägi 2'],
    ['a', x(251), 'a/b', "a'b", 'a\nb'],
  ),
  row('address.address_fuzzy_match', (flag) => address({ address_fuzzy_match: flag }), ...FLAGS),
  row(
    'phone.phone_number',
    (number) => phone({ phone_number: number }),
    ['', '+44127', '441270', x(64).replaceAll('x', '1')],
    ['+4412', '1'.repeat(65), '44 1270', '4412+70', '٤٤١٢٧٠'],
  ),
  row(
    'phone.random_code',
    (code) => phone({ random_code: code }),
    ['', '12', '1234567890'],
    ['1', x(11)],
  ),
  row('phone.text', (text) => phone({ text }), ['', 'ab', x(100)], ['a', x(101)]),
];

describe('each field of an off-site request', () => {
  for (const { path, put, good, bad } of ROWS) {
    it(`${path} is sent up to its limits, and beyond them nothing is`, async (context) => {
      const { client, arrivals } = await begin(context);
      // A service of its own where the field belongs to none.
      const request = (value: unknown): never =>
        ({ ...common(), face: { proof: png() }, ...put(value) }) as never;
      for (const value of good) {
        await client.verifyOffsite(request(value)).catch((error: unknown) => {
          assert.fail(`${String(value)}: ${String(error)}`);
        });
      }
      assert.equal(arrivals.length, good.length);
      for (const value of bad) {
        const error = await errorOf(() => client.verifyOffsite(request(value)));
        assert.equal(error.code, 'bad-request', String(value));
        assert.equal(error.path, path, String(value));
      }
      assert.equal(arrivals.length, good.length);
    });
  }

  it('may not be one that nobody knows', async (context) => {
    const { client, arrivals } = await begin(context);
    for (const [path, fields] of [
      ['documnet', { documnet: {} }],
      ['face.prof', { face: { proof: png(), prof: 1 } }],
      ['document.name.nickname', document({ name: { nickname: 'x' } })],
      ['?', { 'a person <x>': 1 }],
    ] as const) {
      const request = { ...common(), face: { proof: png() }, ...fields };
      assert.equal((await errorOf(() => client.verifyOffsite(request as never))).path, path);
    }
    assert.equal(arrivals.length, 0);
  });

  it('must be there where the document says so', async (context) => {
    const { client, arrivals } = await begin(context);
    const whole: Fields = {
      ...common(),
      ...document({}),
      ...consent({}),
      ...checks({}),
    };
    for (const path of [
      'reference',
      'email',
      'callback_url',
      'document.supported_types',
      'document.proof',
      'consent.text',
      'consent.supported_types',
      'background_checks.dob',
      'background_checks.name',
      'background_checks.name.first_name',
    ]) {
      const request = structuredClone(whole);
      const names = path.split('.');
      const last = names.pop() ?? '';
      const at = names.reduce((fields, name) => fields[name] as Fields, request);
      Reflect.deleteProperty(at, last);
      assert.equal((await errorOf(() => client.verifyOffsite(request as never))).path, path);
    }
    const none = await errorOf(() => client.verifyOffsite(common() as never));
    assert.equal(none.code, 'bad-request');
    for (const value of [undefined, null, [], 'x', 5]) {
      assert.equal((await errorOf(() => client.verifyOffsite(value as never))).code, 'bad-request');
    }
    assert.equal(arrivals.length, 0);
  });
});

describe('proofs', () => {
  const image = (size: number): Uint8Array => file(size, '\xff\xd8\xff');
  const video = (size: number): Uint8Array => file(size, '\0\0\0\x20ftypisom');
  const send = (client: ShuftiProClient, proof: string | Uint8Array, mode: object = {}) =>
    client.verifyOffsite({ ...common(), ...mode, face: { proof } } as never);

  it('may be 16 MiB as a picture and 20 MiB as a clip, decoded, and not a byte more', async (context) => {
    const { client, arrivals } = await begin(context);
    const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
    for (const [make, limit] of [
      [image, 16 * MIB],
      [video, 20 * MIB],
    ] as const) {
      for (const form of [(bytes: Uint8Array) => bytes, base64]) {
        const error = await errorOf(() => send(client, form(make(limit + 1))));
        assert.deepEqual([error.code, error.path], ['bad-request', 'face.proof']);
      }
    }
    assert.equal(arrivals.length, 0);
    await send(client, base64(image(16 * MIB)));
    await send(client, video(20 * MIB));
    assert.equal(arrivals.length, 2);
    const { face } = JSON.parse(arrivals[1]!.body.toString()) as { face: { proof: string } };
    const [label, content] = face.proof.split(',');
    assert.equal(label, 'data:video/mp4;base64');
    assert.deepEqual(Buffer.from(content!, 'base64').equals(video(20 * MIB)), true);
  });

  it('are of the kind that the mode allows', async (context) => {
    const { client, arrivals } = await begin(context);
    const pdf = file(9, '%PDF-1.7');
    for (const [mode, proof, isGood] of [
      ['any', image(9), true],
      ['any', video(99), true],
      ['image_only', image(9), true],
      ['image_only', pdf, true],
      ['image_only', video(99), false],
      ['video_only', video(99), true],
      ['video_only', image(9), false],
      ['video_only', pdf, false],
    ] as const) {
      const before = arrivals.length;
      const call = () => send(client, proof, { verification_mode: mode });
      if (isGood) await call();
      else assert.equal((await errorOf(call)).path, 'face.proof');
      assert.equal(arrivals.length - before, isGood ? 1 : 0);
    }
  });

  it('are sent with the type that they really have', async (context) => {
    const { client, arrivals } = await begin(context);
    const content = Buffer.from(image(9)).toString('base64');
    await send(client, `data:image/png;base64,${content}`);
    const { face } = JSON.parse(arrivals[0]!.body.toString()) as { face: { proof: string } };
    assert.equal(face.proof, `data:image/jpeg;base64,${content}`);
  });

  it("leave the caller's request as it was", async (context) => {
    const { client } = await begin(context);
    const request = { ...common(), ...document({}) };
    const before = structuredClone(request);
    await client.verifyOffsite(request as never);
    assert.deepEqual(request, before);
  });
});

describe('an on-site request', () => {
  it('says by an empty proof that the person shows it, and may name several types', async (context) => {
    const { client, arrivals } = await begin(context);
    const session = await client.createVerification({
      reference: 'abc123',
      callback_url: 'http://merchant.example',
      face: {},
      document: { proof: '', supported_types: ['passport', 'id_card'], name: '', dob: '' },
    });
    assert.equal(session.verification_url, 'https://app.shuftipro.com/verification/process/1');
    assert.deepEqual(JSON.parse(arrivals[0]!.body.toString()), {
      reference: 'abc123',
      callback_url: 'http://merchant.example',
      face: { proof: '' },
      document: { proof: '', supported_types: ['passport', 'id_card'], name: '', dob: '' },
    });
  });

  it('holds no proof', async (context) => {
    const { client, arrivals } = await begin(context);
    for (const fields of [{ face: { proof: png() } }, document({}), consent({})]) {
      const error = await errorOf(() =>
        client.createVerification({ ...common(), ...fields } as never),
      );
      assert.match(error.path ?? '', /^(face|document|consent)\.proof$/);
    }
    assert.equal(arrivals.length, 0);
  });
});

describe('a status and a deletion', () => {
  it('take a reference and a comment up to their limits', async (context) => {
    const { client, arrivals } = await begin(context);
    for (const reference of REFERENCES[0]) await client.getStatus(reference);
    for (const reference of ['abc12', x(250)]) {
      await client.deleteRequest(reference, 'test!');
      await client.deleteRequest(reference, x(200));
    }
    const sent = arrivals.length;
    assert.equal(sent, REFERENCES[0].length + 4);
    for (const reference of REFERENCES[1]) {
      assert.equal((await errorOf(() => client.getStatus(reference))).path, 'reference');
    }
    for (const reference of ['abcd', x(251), 'a-b-c-d']) {
      const error = await errorOf(() => client.deleteRequest(reference, 'test!'));
      assert.equal(error.path, 'reference');
    }
    for (const comment of ['test', x(201), '']) {
      const error = await errorOf(() => client.deleteRequest('abc12', comment));
      assert.equal(error.path, 'comment');
    }
    assert.equal(arrivals.length, sent);
  });
});

describe('fields that the document has not', () => {
  it('are sent as they are once the host names them', async (context) => {
    const { client, arrivals } = await begin(context, { extraFields: ['ttl'] });
    await client.verifyOffsite({ ...common(), face: { proof: png() }, ttl: 60 } as never);
    assert.equal((JSON.parse(arrivals[0]!.body.toString()) as Fields)['ttl'], 60);
  });
});

describe("the document's own example", () => {
  // As it stands there, but for the commas before closing brackets; the proofs are all this file.
  const PROOF =
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAgAAAALCAYAAABCm8wlAAAABmJLR0QA/wD/AP+gvaeTAAAACXBIWXMAAAsTAAALEwEAmpwYAAAAB3RJTUUH4QoPAxIb88htFgAAABl0RVh0Q29tbWVudABDcmVhdGVkIHdpdGggR0lNUFeBDhcAAACxSURBVBjTdY6xasJgGEXP/RvoonvAd8hDyD84+BZBEMSxL9GtQ8Fis7i6BkGI4DP4CA4dnQON3g6WNjb2wLd8nAsHWsR3D7JXt18kALFwz2dGmPVhJt0IcenUDVsgu91eCRZ9IOMfAnBvSCz8I3QYL0yV6zfyL+VUxKWfMJuOEFd+dE3pC1Finwj0HfGBeKGmblcFTIN4U2C4m+hZAaTrASSGox6YV7k+ARAp4gIIOH0BmuY1E5TjCIUAAAAASUVORK5CYII=';
  const example = () => ({
    reference: '17374217',
    country: 'GB',
    language: 'EN',
    email: 'johndoe@example.com',
    callback_url: 'http://www.example.com',
    redirect_url: 'http://www.example.com',
    verification_mode: 'any',
    face: { proof: PROOF },
    document: {
      proof: PROOF,
      additional_proof: PROOF,
      supported_types: ['passport', 'id_card', 'driving_license', 'credit_or_debit_card'],
      name: '',
      dob: '',
      document_number: '',
      expiry_date: '',
      issue_date: '',
    },
    address: {
      proof: PROOF,
      full_address: '',
      name: '',
      issue_date: '',
      supported_types: ['id_card', 'utiltiy_bill', 'bank_statement'],
    },
    consent: {
      proof: PROOF,
      supported_types: ['printed', 'handwritten'],
      text: 'This is a customized text',
    },
    background_checks: {
      name: { first_name: 'John', last_name: 'Carter', middle_name: 'Doe' },
      dob: '1992-10-10',
    },
  });

  it('breaks four rules that the document gives, and is sent whole once it keeps them', async (context) => {
    const { client, arrivals } = await begin(context);
    const request = example();
    const send = () => client.verifyOffsite(request as never);
    // A word that is in none of its tables.
    assert.equal((await errorOf(send)).path, 'address.supported_types.1');
    request.address.supported_types = ['id_card', 'bank_statement'];
    // "Please provide only one document type if you are providing proof."
    for (const service of ['document', 'address', 'consent'] as const) {
      assert.equal((await errorOf(send)).path, `${service}.supported_types`);
      request[service].supported_types = request[service].supported_types.slice(0, 1);
    }
    assert.equal(arrivals.length, 0);
    await send();
    assert.deepEqual(JSON.parse(arrivals[0]!.body.toString()), request);
  });
});
