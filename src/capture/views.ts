import { html, nothing, type TemplateResult } from 'lit';
import { buttons, panel, type Action } from '../element/panels.js';
import { fill } from '../i18n/texts.js';
import type { CaptureStep } from '../model/capture.js';
import type { Collection, Place } from './collection.js';
import type { Clips } from './previews.js';
import type { PreparedProof } from './studio.js';
import { isVideo, proofName, type Words } from './words.js';

/** What the person can do. */
export interface Acts {
  readonly start: () => void;
  readonly retry: () => void;
  readonly askToLeave: () => void;
  readonly leave: () => void;
  readonly stay: () => void;
  readonly pick: (event: SubmitEvent) => void;
  readonly back: () => void;
  readonly skip: () => void;
  readonly openCamera: () => void;
  readonly switchCamera: () => void;
  readonly toggleTorch: () => void;
  readonly takePicture: () => void;
  readonly record: () => void;
  readonly endClip: () => void;
  readonly choose: () => void;
  readonly chooseByApp: () => void;
  readonly use: () => void;
  readonly retake: () => void;
  readonly change: (step: CaptureStep) => void;
  readonly send: () => void;
  readonly stopSending: () => void;
}

export const waitView = (text: string): TemplateResult =>
  html`<div class="panel" part="panel">
    <span class="mark spinner" part="spinner"></span>
    <p part="text">${text}</p>
  </div>`;

/** A proof as it will be sent. Pictures are drawn later, by the name in `data-proof`. */
const preview = (
  { blob, type }: { readonly blob: Blob; readonly type: string },
  { name, words, proof, clips }: Previewed,
): TemplateResult => {
  if (type === 'application/pdf') {
    return html`<div class="preview" part="preview">${words.pdf}</div>`;
  }
  return isVideo(type)
    ? html`<div class="preview" part="preview">
        <video
          src=${clips.urlOf(blob)}
          ?controls=${proof === 'candidate'}
          muted
          playsinline
          aria-label=${`${name}: ${words.clip}`}
        ></video>
      </div>`
    : html`<div class="preview" part="preview">
        <canvas role="img" aria-label=${`${name}: ${words.picture}`} data-proof=${proof}></canvas>
      </div>`;
};

interface Previewed {
  readonly name: string;
  readonly words: Words;
  readonly proof: string;
  readonly clips: Clips;
}

/** What of a review a screen reader is told too. */
export const reviewText = ({ hints }: PreparedProof, words: Words): string =>
  hints.length > 0
    ? `${words.hinted}. ${hints.map((hint) => words[hint]).join(' ')}`
    : words.review;

/**
 * @param isFirst - whether a hint is given for this step for the first time: it is a question once, and
 *   a remark from then on
 */
export const reviewView = (
  { step }: Place,
  candidate: PreparedProof,
  isFirst: boolean,
  words: Words,
  acts: Acts,
  clips: Clips,
): TemplateResult => {
  const { hints } = candidate;
  const use: Action = [words.use, acts.use];
  const retake: Action = [words.retake, acts.retake];
  const name = proofName(step, words);
  return html`<div class="panel wide" part="panel">
    <h2 part="heading">${name}</h2>
    ${preview(candidate, { name, words, proof: 'candidate', clips })}
    ${
      hints.length > 0
        ? html`<div class="trouble" part="hints">
            <strong>${words.hinted}</strong>
            <ul>
              ${hints.map((hint) => html`<li>${words[hint]}</li>`)}
            </ul>
          </div>`
        : html`<p part="text">${words.review}</p>`
    }
    <div class="actions" part="actions">
      ${hints.length > 0 && isFirst ? buttons(retake, use) : buttons(use, retake)}
    </div>
  </div>`;
};

/** Everything once more, before it is sent. */
export const confirmView = (
  collection: Collection,
  arrived: ReadonlySet<string>,
  words: Words,
  acts: Acts,
  clips: Clips,
): TemplateResult =>
  html`<div class="panel wide" part="panel">
    <h2 part="heading">${words.confirm}</h2>
    <p part="text">${words.confirmText}</p>
    <ul class="list" part="list">
      ${collection.steps.map((step) => {
        const proof = collection.proofOf(step);
        const name = proofName(step, words);
        const label = `${words.change}: ${name}`;
        return html`<li>
          ${
            proof
              ? preview(proof, { name, words, proof: step.context, clips })
              : html`<div class="preview">–</div>`
          }
          <span>${name}${proof ? nothing : html`<br /><small>${words.missing}</small>`}</span>
          ${
            proof && arrived.has(proof.key)
              ? html`<span>${words.sent}</span>`
              : html`<button
                  type="button"
                  part="button"
                  aria-label=${label}
                  @click=${() => {
                    acts.change(step);
                  }}
                >
                  ${words.change}
                </button>`
          }
        </li>`;
      })}
    </ul>
    <div class="actions" part="actions">${buttons([words.send, acts.send])}</div>
  </div>`;

/** @param share - 0 to 1 */
export const sendingText = (share: number, language: string, words: Words): string =>
  fill(words.sendingText, {
    percent: new Intl.NumberFormat(language.replace('_', '-'), { style: 'percent' }).format(share),
  });

export const uploadView = (
  share: number,
  isOffline: boolean,
  language: string,
  words: Words,
  acts: Acts,
): TemplateResult =>
  panel(
    '↑',
    words.sending,
    isOffline ? words.offline : sendingText(share, language, words),
    [],
    // Not among the actions, the first of which is what one is meant to press.
    html`<progress part="progress" max="1" value=${share} aria-label=${words.sending}></progress>
      <button type="button" part="button" @click=${acts.stopSending}>${words.stopSending}</button>`,
  );

/** What the person will be asked for. */
export const introView = (collection: Collection | undefined, words: Words, acts: Acts): unknown =>
  panel(
    '▣',
    words.intro,
    words.captureText,
    [[words.start, acts.start]],
    collection
      ? html`<ul part="list">
          ${collection.steps.map((step) => html`<li>${proofName(step, words)}</li>`)}
        </ul>`
      : nothing,
  );

export const leaveView = (words: Words, acts: Acts): TemplateResult =>
  panel('?', words.leave, words.leaveText, [
    [words.leaveNot, acts.stay],
    [words.leaveNow, acts.leave],
  ]);
