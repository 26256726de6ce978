import { expect } from '@open-wc/testing';
import { remedyFor } from '../../src/environment/remedies.js';

const ORIGINS = ['https://app.vendor.example', 'https://vendor.example'];

const POLICY =
  'Permissions-Policy: camera=(self "https://app.vendor.example" "https://vendor.example"), ' +
  'microphone=(self "https://app.vendor.example" "https://vendor.example")';

describe('remedyFor', () => {
  for (const [code, line] of [
    [
      'frame-blocked',
      // The callback page may come into the frame at the end: `'self'`.
      "Content-Security-Policy: frame-src 'self' https://app.vendor.example https://vendor.example",
    ],
    ['permissions-policy', POLICY],
    ['microphone-policy', POLICY],
  ] as const) {
    it(`gives the exact header line for ${code}`, () => {
      expect(remedyFor(code, ORIGINS)).to.equal(line);
    });
  }

  it('gives a line that an engine reads as it is meant', () => {
    // Structured fields: strings in double quotes, tokens without, lists in brackets.
    const [, list] = /^Permissions-Policy: (.*)$/.exec(remedyFor('permissions-policy', ORIGINS))!;
    for (const member of list!.split(', ')) {
      expect(member).to.match(/^[a-z-]+=\(self( "https:\/\/[^"\s]+")+\)$/);
    }
  });

  for (const code of [
    'insecure-context',
    'no-media-devices',
    'cross-origin-isolated',
    'camera-denied',
    'no-camera',
    'in-app-browser',
    'outdated-browser',
  ] as const) {
    it(`says in a sentence what to do about ${code}`, () => {
      expect(remedyFor(code, [])).to.match(/^[A-Z].+\.$/);
    });
  }
});
