/** Prepares a picture under the Content-Security-Policy of the query, and posts how that went. */
const policy = document.createElement('meta');
policy.httpEquiv = 'Content-Security-Policy';
policy.content = new URLSearchParams(location.search).get('policy') ?? '';
document.head.append(policy);

const workers = { opened: 0, ready: 0 };
const Native = Worker;
globalThis.Worker = class extends Native {
  constructor(...args: ConstructorParameters<typeof Worker>) {
    super(...args);
    workers.opened += 1;
    this.addEventListener('message', ({ data }) => {
      if (data === true) workers.ready += 1;
    });
  }
};

const { Studio } = await import('../../../src/capture/studio.js');
const { fourCorners, LIMITS } = await import('../../capture/support/files.js');
const studio = new Studio();
const job = { blob: await fourCorners(60, 40), subject: 'face', limits: LIMITS } as const;
const { proof, trouble } = await studio.prepare(job, new AbortController().signal);
studio.close();
parent.postMessage({ ...workers, type: proof?.type, trouble }, location.origin);

export {};
