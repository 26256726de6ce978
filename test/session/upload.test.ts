import { expect } from '@open-wc/testing';
import { readEndpoint } from '../../src/session/endpoint.js';
import { sendProof } from '../../src/session/send-proof.js';
import { Upload } from '../../src/session/upload.js';
import { digestOf, hurried, KitLine, proofOf, Told, type Fault } from '../support/kit.js';

/** So that a cut at each tenth is one in the middle of a proof, at its beginning and at its end. */
const SIZES = [150_000, 300_000, 50_000] as const;

const PLANS = {
  veriff: ['face', 'document-front', 'document-back'],
  'shufti-pro': ['face', 'document'],
} as const;

const proofsFor = (provider: keyof typeof PLANS) =>
  PLANS[provider].map((context, at) =>
    proofOf(context, SIZES[at] ?? 0, context === 'document' ? { documentType: 'id_card' } : {}),
  );

const never = new AbortController().signal;

describe('an upload', () => {
  let line: KitLine;
  let told: Told;
  beforeEach(() => {
    line = new KitLine();
    told = new Told();
  });

  for (const provider of ['veriff', 'shufti-pro'] as const) {
    /** Each proof is where it belongs: once, and with the right bytes. */
    const expectEachOnce = async (
      id: string,
      proofs: readonly ReturnType<typeof proofOf>[],
    ): Promise<void> => {
      const { taken, kept, held, submissions, cuts } = await line.seen(id);
      const expected = await Promise.all(
        proofs.map(async (proof) => ({ context: proof.context, digest: await digestOf(proof) })),
      );
      expect(taken).to.deep.equal(expected);
      expect(kept).to.deep.equal(provider === 'shufti-pro' ? expected : []);
      expect(held?.status).to.equal('submitted');
      expect(held?.media.map(({ context, bytes }) => [context, bytes])).to.deep.equal(
        proofs.map(({ context, blob }) => [context, blob.size]),
      );
      expect(submissions).to.equal(1);
      expect(cuts).to.deep.equal([]);
    };

    it(`to ${provider} brings everything, and hands it in`, async () => {
      const id = await line.begin(provider);
      const proofs = proofsFor(provider);
      const upload = new Upload({ endpoint: line.endpoint, id }, proofs, told);
      const result = await upload.run(never);
      expect(result?.status?.id).to.equal(id);
      expect(result?.status?.stage).to.equal('submitted');
      // Shufti Pro decides in its answer, and the sandbox takes pictures of one's own as genuine.
      expect(result?.status?.decision).to.equal(provider === 'veriff' ? 'pending' : 'approved');
      expect([...upload.arrived]).to.deep.equal(proofs.map(({ key }) => key));
      expect(told.all).to.deep.equal([...PLANS[provider]]);
      await expectEachOnce(id, proofs);
      const { log } = await line.seen();
      expect(log.filter(({ path }) => path.includes('media'))).to.deep.equal(
        proofs.map(({ context, key }) => ({
          path: `sessions/*/media?context=${context}`,
          key,
          type: 'image/jpeg',
        })),
      );
    });

    it(`to ${provider}, cut at every tenth, ends with each proof stored exactly once`, async () => {
      const id = await line.begin(provider);
      const proofs = proofsFor(provider);
      const total = proofs.reduce((sum, { blob }) => sum + blob.size, 0);
      const cuts = Array.from({ length: 11 }, (_, tenth) => {
        let at = (total * tenth) / 10;
        const proof = proofs.find(({ blob }) => at <= blob.size || (at -= blob.size) < 0);
        return { context: proof?.context ?? '', at };
      });
      await line.order({ cuts });
      const upload = new Upload({ endpoint: line.endpoint, id }, proofs, told);
      const result = await hurried(upload);
      expect(result?.error).to.equal(undefined);
      await expectEachOnce(id, proofs);
    });

    for (const isEarly of [false, true]) {
      it(`to ${provider}, each answer lost ${isEarly ? 'before the server has it' : 'on its way'}, stores nothing twice`, async () => {
        const id = await line.begin(provider);
        const proofs = proofsFor(provider);
        const lost = [...PLANS[provider], 'submit'];
        await line.order({ cuts: lost.map((context) => ({ context, at: 1e9, isEarly })) });
        const upload = new Upload({ endpoint: line.endpoint, id }, proofs, told);
        const result = await hurried(upload);
        expect(result?.status?.stage).to.equal('submitted');
        await expectEachOnce(id, proofs);
      });
    }
  }

  it('tells of its bytes, up to all of them, and never backwards', async () => {
    const id = await line.begin();
    const proofs = proofsFor('veriff');
    await line.order({
      cuts: [
        { context: 'document-front', at: 290_000 },
        { context: 'document-front', at: 10 },
      ],
    });
    await hurried(new Upload({ endpoint: line.endpoint, id }, proofs, told));
    const sent = told.progressed.map((each) => each.sent);
    expect(sent).to.deep.equal([...new Set(sent)].sort((a, b) => a - b));
    expect(sent.at(-1)).to.equal(500_000);
    expect(told.progressed.every(({ total }) => total === 500_000)).to.equal(true);
    expect([...new Set(told.progressed.map(({ context }) => context))]).to.deep.equal([
      ...PLANS.veriff,
    ]);
  });

  it('says that it waits for the connection, and goes on by itself when it is back', async () => {
    const id = await line.begin();
    const proofs = [proofOf('face', 1000)];
    // A browser may try again by itself where it used the connection before.
    await line.order({ cuts: Array.from({ length: 3 }, () => ({ context: 'face', at: 500 })) });
    // Nothing hurries it.
    await new Upload({ endpoint: line.endpoint, id }, proofs, told).run(never);
    expect(told.all.slice(0, 2)).to.deep.equal(['waits', 'goes on']);
    expect(told.all.slice(-2)).to.deep.equal(['goes on', 'face']);
  });

  it('gives up after some tries in vain, and called again sends what is left', async () => {
    const id = await line.begin();
    const proofs = [proofOf('face', 1000), proofOf('document-front', 2000)];
    const cuts = Array.from({ length: 20 }, () => ({ context: 'document-front', at: 500 }));
    await line.order({ cuts });
    const upload = new Upload({ endpoint: line.endpoint, id }, proofs, told);
    const result = await hurried(upload);
    expect(result?.error?.code).to.equal('upload-failed');
    expect(told.all.slice(0, 3)).to.deep.equal(['face', 'waits', 'goes on']);
    expect(told.all.at(-1)).to.equal('goes on');
    expect([...upload.arrived]).to.deep.equal([proofs[0]?.key]);
    const { log } = await line.seen();
    const tries = log.filter(({ path }) => path.endsWith('document-front')).length;
    // Those that a browser makes by itself come on top.
    expect(tries).to.be.within(8, 16);
    await line.order({ cuts: [] });
    expect((await upload.run(never))?.status?.stage).to.equal('submitted');
    const { taken } = await line.seen();
    expect(taken.map(({ context }) => context)).to.deep.equal(['face', 'document-front']);
  });

  it('sends nothing again that an earlier one brought, and counts it as sent', async () => {
    const id = await line.begin();
    const [face, front] = [proofOf('face', 1000), proofOf('document-front', 2000)];
    await line.order({ faults: [{ route: 'submit', status: 400 }] });
    const first = new Upload({ endpoint: line.endpoint, id }, [face], new Told());
    expect((await first.run(never))?.error?.code).to.equal('proof-refused');
    await line.order({ faults: [] });
    const target = { endpoint: line.endpoint, id };
    const second = new Upload(target, [face, front], told, first.arrived);
    expect((await second.run(never))?.status?.stage).to.equal('submitted');
    expect(told.all).to.deep.equal(['document-front']);
    expect(told.progressed.every(({ sent }) => sent > 1000)).to.equal(true);
    expect((await line.seen()).taken.map(({ context }) => context)).to.deep.equal([
      'face',
      'document-front',
    ]);
  });

  for (const status of [408, 425, 429, 503]) {
    it(`tries again after ${status}`, async () => {
      const id = await line.begin();
      // Browsers repeat by themselves what was answered with 408.
      const times = status === 408 ? 3 : 1;
      await line.order({ faults: [{ route: 'media', status, times }] });
      const upload = new Upload({ endpoint: line.endpoint, id }, [proofOf('face', 1000)], told);
      expect((await upload.run(never))?.status?.stage).to.equal('submitted');
      expect(told.all).to.include('waits');
    });
  }

  for (const route of ['media', 'submit'] as const) {
    it(`leaves the server alone for as long as it says at ${route}, whatever the browser says`, async () => {
      const id = await line.begin();
      await line.order({ faults: [{ route, status: 429, times: 1, retryAfter: 2 }] });
      const upload = new Upload({ endpoint: line.endpoint, id }, [proofOf('face', 1000)], told);
      const from = performance.now();
      expect((await hurried(upload))?.status?.stage).to.equal('submitted');
      expect(performance.now() - from).to.be.greaterThan(1990);
    });
  }

  it('does not wait where the server says that it takes an hour', async () => {
    const id = await line.begin();
    await line.order({ faults: [{ route: 'media', status: 429, retryAfter: 3600 }] });
    const upload = new Upload({ endpoint: line.endpoint, id }, [proofOf('face', 1000)], told);
    const result = await upload.run(never);
    expect(result?.error?.code).to.equal('upload-failed');
    expect(result?.error?.message).to.contain('429');
    expect(told.all).to.deep.equal([]);
  });

  const refusals: readonly (readonly [Fault['status'], string])[] = [
    [401, 'not-signed-in'],
    [400, 'proof-refused'],
    [413, 'proof-refused'],
    [415, 'proof-refused'],
    [404, 'capture-closed'],
    [409, 'capture-closed'],
    [410, 'capture-closed'],
    [403, 'session-refused'],
    ['redirect', 'session-refused'],
  ];
  for (const [status, code] of refusals) {
    for (const route of ['media', 'submit'] as const) {
      it(`ends as ${code} after ${status} at ${route}, in its own words`, async () => {
        const id = await line.begin();
        await line.order({ faults: [{ route, status }] });
        const upload = new Upload({ endpoint: line.endpoint, id }, [proofOf('face', 9)], told);
        const result = await upload.run(never);
        expect(result?.error?.code).to.equal(code);
        expect(result?.error?.message).not.to.contain('Mia');
        expect(upload.arrived.size).to.equal(route === 'media' ? 0 : 1);
        if (code === 'proof-refused' && route === 'media') {
          expect(result && 'context' in result && result.context).to.equal('face');
        }
      });
    }
  }

  it('hears the real kit’s refusals: of a stranger, a bad file, a large one, and after the end', async () => {
    const id = await line.begin();
    const target = { endpoint: line.endpoint, id };
    const codeFor = async (proof: ReturnType<typeof proofOf>): Promise<string | undefined> =>
      (await new Upload(target, [proof], told).run(never))?.error?.code;
    const text = new Blob(['no picture']);
    expect(await codeFor(proofOf('face', 9, { blob: text }))).to.equal('proof-refused');
    expect(await codeFor(proofOf('left-foot', 9))).to.equal('proof-refused');
    expect(await codeFor(proofOf('face', 2 ** 20 + 1))).to.equal('proof-refused');
    await line.order({ isSignedOut: true });
    expect(await codeFor(proofOf('face', 9))).to.equal('not-signed-in');
    await line.order({ isSignedOut: false });
    expect(await codeFor(proofOf('face', 9))).to.equal(undefined);
    expect(await codeFor(proofOf('face', 9))).to.equal('capture-closed');
  });

  for (const [name, body] of [
    ['nothing', null],
    ['another session', { id: 'other', version: 1 }],
  ] as const) {
    it(`does not believe an end that tells of ${name}`, async () => {
      const id = await line.begin();
      await line.order({ faults: [{ route: 'submit', status: 200, body }] });
      const upload = new Upload({ endpoint: line.endpoint, id }, [proofOf('face', 9)], told);
      expect((await upload.run(never))?.error?.code).to.equal('session-refused');
    });
  }

  it('sends nothing where the endpoint is not secure, or the id none', async () => {
    for (const target of [
      { endpoint: 'http://shop.example/kyc', id: 'a' },
      { endpoint: line.endpoint, id: '../a' },
    ]) {
      const result = await new Upload(target, [proofOf('face', 9)], told).run(never);
      expect(result?.error?.code).to.equal('session-refused');
    }
    expect((await line.seen()).log).to.deep.equal([]);
  });

  it('ends at once when it is aborted: while it sends, and while it waits', async () => {
    const id = await line.begin();
    for (const faults of [
      [{ route: 'media', status: 'hang' }],
      [{ route: 'media', status: 503, retryAfter: 60 }],
    ] as const) {
      await line.order({ faults });
      const life = new AbortController();
      const upload = new Upload({ endpoint: line.endpoint, id }, [proofOf('face', 1000)], told);
      const logged = (await line.seen()).log.length;
      const run = upload.run(life.signal);
      while ((await line.seen()).log.length === logged && !told.all.includes('waits'));
      life.abort();
      expect(await run).to.equal(undefined);
      while ((await line.seen()).open > 0);
    }
    const before = new Upload({ endpoint: line.endpoint, id }, [proofOf('face', 9)], told);
    expect(await before.run(AbortSignal.abort())).to.equal(undefined);
  });

  for (const status of ['hang', 'stall'] as const) {
    it(`gives a connection up that says nothing more: ${status}`, async () => {
      const id = await line.begin();
      await line.order({ faults: [{ route: 'media', status }] });
      const server = readEndpoint(line.endpoint);
      if (!server) throw new Error('The endpoint is one.');
      // More than a system holds back by itself.
      const proof = proofOf('face', status === 'stall' ? 20_000_000 : 1000);
      const answer = await sendProof(server, id, proof, () => undefined, never, 300);
      expect(answer).to.equal(undefined);
    });
  }

  it('goes to a secure server of another origin with the person’s cookies, or not at all', async () => {
    const origin = location.origin.replace('localhost', '127.0.0.1');
    const other = new KitLine(origin);
    const id = await other.begin();
    const upload = new Upload({ endpoint: other.endpoint, id }, [proofOf('face', 1000)], told);
    expect((await upload.run(never))?.status?.stage).to.equal('submitted');
    await other.order({ allowsCredentials: false });
    const again = new Upload({ endpoint: other.endpoint, id }, [proofOf('face', 1000)], told);
    expect((await hurried(again))?.error?.code).to.equal('upload-failed');
  });
});
