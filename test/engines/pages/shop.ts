import '../../../src/define.js';

/** A shop's page: asks its server for the session of this run, as any shop does. */
const element = document.querySelector('kyc-verify');
const source = document.body.dataset['session'];
if (element && source !== undefined) {
  const answer = await fetch(source);
  Object.assign(element, await answer.json());
}
document.querySelector('#start')?.addEventListener('click', () => element?.start());
document.body.dataset['up'] = '';
document.body.dispatchEvent(new Event('up', { bubbles: true }));
