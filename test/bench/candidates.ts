import { CODE } from './code.js';
import { renderFrame } from './rendered.js';

/** Something a merchant may put into a page to open a session in it. */
export interface Candidate {
  readonly id: string;
  readonly label: string;
  /** Path of its script on the merchant's site, where it has one. */
  readonly script?: string;
  /** The part of the page for a session URL that is known when the page is made. */
  readonly known: (sessionUrl: string) => string;
  /** The same for a URL that the page has to fetch. */
  readonly fetched: (sessionCall: string, sessionUrl: string) => string;
}

/** How its documentation says it is used, with the frame in the page and not in a dialog. */
interface Use {
  readonly id: string;
  readonly label: string;
  readonly script?: string;
  /** What stands in the page beforehand. The provider's origin is for who has to be told. */
  readonly place: (origin: string) => string;
  /** Statements that open `url`. */
  readonly open: string;
}

const candidate = ({ id, label, script, place, open }: Use): Candidate => {
  const part = (origin: string, call: string): string =>
    [
      script ? `<script src="${script}"></script>` : '',
      place(origin),
      `<script>\nfunction openSession(url) {\n${open}\n}\n${call}\n</script>`,
    ].join('\n');
  return {
    id,
    label,
    ...(script === undefined ? {} : { script }),
    known: (sessionUrl) =>
      part(new URL(sessionUrl).origin, `openSession(${JSON.stringify(sessionUrl)});`),
    fetched: (sessionCall, sessionUrl) =>
      part(
        new URL(sessionUrl).origin,
        `fetch(${JSON.stringify(sessionCall)}, { method: 'POST' })\n` +
          '  .then((answer) => answer.json())\n' +
          '  .then(({ sessionUrl }) => openSession(sessionUrl));',
      ),
  };
};

/** Veriff's own snippet for a plain iframe, with the frame put where it belongs in the page. */
export const SNIPPET = `
  var vf = document.createElement('iframe');
  vf.src = url;
  vf.allow = 'microphone; camera';
  vf.width = 1000;
  vf.height = 650;
  document.getElementById('verification').appendChild(vf);
  function bindEvent(element, eventName, eventHandler) {
    if (element.addEventListener) {
      element.addEventListener(eventName, eventHandler, false);
    } else if (element.attachEvent) {
      element.attachEvent('on' + eventName, eventHandler);
    }
  }
  bindEvent(window, 'message', function (e) {
    if (e.data && e.data.status && e.data.status === 'finished') {
      document.querySelector('iframe').remove();
    }
  });`;

const bare = {
  place: () => '<div id="verification"></div>',
  open: SNIPPET,
};

export const BARE = 'bare';
export const OURS = 'kyc-verify';
export const ADOPTED = 'adopted';

export const candidates: readonly Candidate[] = [
  candidate({ id: BARE, label: 'bare iframe', ...bare }),
  candidate({
    id: 'veriff',
    label: '@veriff/incontext-sdk',
    script: CODE.veriff.path,
    place: () => '<div id="verification" style="width: 1000px; height: 650px"></div>',
    open: `  veriffSDK.createVeriffFrame({
    url,
    embedded: true,
    embeddedOptions: { rootElementID: 'verification' },
    onEvent() {},
  });`,
  }),
  candidate({
    id: 'didit',
    label: '@didit-protocol/sdk-web',
    script: CODE.didit.path,
    place: () => '<div id="verification" style="width: 1000px; height: 650px"></div>',
    open: `  const { DiditSdk } = DiditSDK;
  DiditSdk.shared.onComplete = () => {};
  DiditSdk.shared.startVerification({
    url,
    configuration: { embedded: true, embeddedContainerId: 'verification' },
  });`,
  }),
  candidate({
    id: OURS,
    label: 'kyc-verify, script tag',
    script: CODE.ours.path,
    place: (origin) => `<kyc-verify provider="veriff" trusted-origins="${origin}"></kyc-verify>`,
    open: `  const kyc = document.querySelector('kyc-verify');
  kyc.addEventListener('kyc-finished', () => {});
  kyc.sessionUrl = url;`,
  }),
  {
    id: ADOPTED,
    label: 'kyc-verify, adopted frame',
    script: CODE.ours.path,
    known: adopted,
    // The server knows the URL when it makes the page: there is nothing to fetch.
    fetched: (_, sessionUrl) => adopted(sessionUrl),
  },
];

/** The first one once more, under another name: how far two figures of one thing are apart. */
export const control: Candidate = candidate({
  id: 'control',
  label: 'bare iframe, once more',
  ...bare,
});

function adopted(sessionUrl: string): string {
  const { origin } = new URL(sessionUrl);
  const frame = renderFrame({ sessionUrl, provider: 'veriff', trustedOrigins: origin });
  return [
    `<kyc-verify provider="veriff" trusted-origins="${origin}">${frame}</kyc-verify>`,
    // Behind it: before it, a script that comes at once would run at once, and the frame would wait.
    `<script async src="${CODE.ours.path}"></script>`,
  ].join('\n');
}
