import { html, nothing, type TemplateResult } from 'lit';
import { buttons, codeNote, panel, type Action } from '../element/panels.js';
import type {
  CaptureStep,
  CaptureTroubleCode,
  MediaLimits,
  QualityHint,
} from '../model/capture.js';
import { LONGEST_CLIP, type CameraTrouble, type RunningCamera } from './camera.js';
import type { Collection, Place } from './collection.js';
import type { Clips } from './previews.js';
import {
  fillIn,
  formatNames,
  formatsText,
  isVideo,
  megabytes,
  proofName,
  typeName,
  type Words,
} from './words.js';

/** What the camera does while a proof is made. */
export type CameraMode =
  'off' | 'opening' | 'on' | 'switching' | 'paused' | 'recording' | 'working';

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

/** What a proof that is looked at consists of. */
export interface Candidate {
  readonly blob: Blob;
  readonly type: string;
  readonly hints: readonly QualityHint[];
}

/** Everything that is shown while proofs are made. */
export interface MakingView {
  readonly words: Words;
  readonly acts: Acts;
  readonly place: Place;
  readonly documentType: string | undefined;
  readonly canGoBack: boolean;
  /** What holds for this step. */
  readonly limits: MediaLimits;
  readonly mode: CameraMode;
  readonly camera: RunningCamera | undefined;
  readonly isTorchOn: boolean;
  readonly canTakePictures: boolean;
  readonly canRecord: boolean;
  /** A file input would open the camera app of a phone. */
  readonly hasCameraApp: boolean;
  readonly trouble: CameraTrouble | CaptureTroubleCode | undefined;
  /** What the running camera had better be told. */
  readonly liveHint: QualityHint | '' | undefined;
}

const shapeOf = ({ subject }: CaptureStep, type: string | undefined): string => {
  if (subject === 'face') return 'face';
  if (subject !== 'document') return 'page';
  return type?.toLowerCase() === 'passport' ? 'passport' : 'card';
};

/** What the picture has to be like. */
export const guideFor = ({ subject }: CaptureStep, words: Words): string =>
  words[`${subject}-guide`];

const isFileTrouble = (code: string): boolean => /^(file|heic)-/.test(code);

/** A trouble in words: what happened, and what else one can do. */
export const troubleText = (
  code: string,
  words: Words,
  limits: MediaLimits,
): readonly [heading: string, text: string] => {
  const { types, pictureBytes, videoBytes } = limits;
  // What is told is always taken, whatever it was that is too large.
  const size = megabytes(
    Math.min(...types.map((type) => (isVideo(type) ? videoBytes : pictureBytes))),
  );
  const text = fillIn(words[`${code}Text`] ?? '', { formats: formatNames(limits), size });
  return [
    words[code] ?? words['no-camera'],
    isFileTrouble(code) ? text : `${text} ${words.otherWay}`,
  ];
};

const troubleNote = ({ trouble, words, limits }: MakingView): unknown => {
  if (!trouble) return nothing;
  const [heading, text] = troubleText(trouble, words, limits);
  return html`<div class="trouble" part="trouble">
    <strong>${heading}</strong>
    <p>${text}</p>
    ${codeNote(trouble, words)}
  </div>`;
};

/** What is to be written stands where it can be read while the picture is taken. */
const toWrite = ({ text }: CaptureStep): unknown =>
  text ? html`<blockquote part="consent-text" dir="auto">${text}</blockquote>` : nothing;

export const pickView = (
  { step }: Place,
  picked: string | undefined,
  canGoBack: boolean,
  words: Words,
  acts: Acts,
): TemplateResult =>
  html`<form class="panel" part="panel" @submit=${acts.pick}>
    <fieldset>
      <legend part="heading">${words[`${step.subject}-pick`]}</legend>
      ${(step.types ?? []).map(
        (type) =>
          html`<label part="choice"
            ><input type="radio" name="type" value=${type} required ?checked=${type === picked} />
            <span>${typeName(type, words)}</span></label
          >`,
      )}
    </fieldset>
    <div class="actions" part="actions">
      <button type="submit" part="button primary-button">${words.next}</button>
      ${
        canGoBack
          ? html`<button type="button" part="button" @click=${acts.back}>${words.back}</button>`
          : nothing
      }
    </div>
  </form>`;

const cameraView = (view: MakingView): TemplateResult => {
  const { words, acts, place, camera, mode, isTorchOn, liveHint } = view;
  const { step } = place;
  const isRecording = mode === 'recording';
  const hint = isRecording
    ? fillIn(words.recording, { seconds: LONGEST_CLIP / 1000 })
    : liveHint && words[liveHint];
  return html`<div class="panel wide" part="panel">
    <h2 part="heading">${proofName(step, words)}</h2>
    ${toWrite(step)}
    <div class=${camera?.isFront ? 'camera mirror' : 'camera'} part="camera">
      <video autoplay muted playsinline disablepictureinpicture aria-hidden="true"></video>
      <div class=${`guide ${shapeOf(step, view.documentType)}`}></div>
      ${hint ? html`<div class="hint" part="hint" aria-hidden="true">${hint}</div>` : nothing}
    </div>
    <p part="text">${guideFor(step, words)}</p>
    <div class="actions" part="actions">
      ${buttons(
        mode === 'paused' && [words.openCamera, acts.openCamera],
        isRecording && [words.stopRecording, acts.endClip],
        mode === 'on' && view.canTakePictures && [words.takePicture, acts.takePicture],
        mode === 'on' && view.canRecord && [words.record, acts.record],
      )}
      ${
        camera?.hasTorch
          ? html`<button
              type="button"
              part="button"
              aria-pressed=${String(isTorchOn)}
              @click=${acts.toggleTorch}
            >
              ${words.torch}
            </button>`
          : nothing
      }
      ${isRecording ? nothing : cameraChoices(view)}
    </div>
  </div>`;
};

const cameraChoices = ({ words, acts, place, camera, canGoBack }: MakingView): unknown => html`
  ${
    camera?.hasOthers
      ? html`<button type="button" part="button" @click=${acts.switchCamera}>
          ${words.switchCamera}
        </button>`
      : nothing
  }
  <button type="button" part="button" @click=${acts.choose}>${words.chooseFile}</button>
  ${
    place.step.isOptional
      ? html`<button type="button" part="button" @click=${acts.skip}>${words.skip}</button>`
      : nothing
  }
  ${
    canGoBack
      ? html`<button type="button" part="button" @click=${acts.back}>${words.back}</button>`
      : nothing
  }
`;

export const waitView = (text: string): TemplateResult =>
  html`<div class="panel" part="panel">
    <span class="mark spinner" part="spinner"></span>
    <p part="text">${text}</p>
  </div>`;

/** A proof is to be made: with the camera, or from a file. */
export const makeView = (view: MakingView): TemplateResult => {
  const { words, acts, place, mode, limits, trouble } = view;
  const { step } = place;
  if (mode === 'working') return waitView(words.working);
  if (mode !== 'off' && mode !== 'opening') return cameraView(view);
  const hasCamera = view.canTakePictures || view.canRecord;
  const isCameraTrouble = !!trouble && !isFileTrouble(trouble);
  // There while it opens too: a second press must not meet another button in its place.
  const openCamera: Action = hasCamera && [
    isCameraTrouble ? words.retry : words.openCamera,
    acts.openCamera,
  ];
  const choose: Action = [words.chooseFile, acts.choose];
  return panel(
    '▣',
    proofName(step, words),
    guideFor(step, words),
    [
      ...(trouble ? [choose, openCamera] : [openCamera, choose]),
      view.hasCameraApp && [words.cameraApp, acts.chooseByApp],
      step.isOptional && [words.skip, acts.skip],
      view.canGoBack && [words.back, acts.back],
    ],
    html`${toWrite(step)} ${troubleNote(view)}
      ${mode === 'opening' ? html`<p part="text">${words.openingCamera}</p>` : nothing}
      ${hasCamera ? nothing : html`<p part="text">${words.noRecording}</p>`}
      <small part="formats">${formatsText(limits, words)}. ${words.dropFile}</small>`,
  );
};

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
          controls
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
export const reviewText = ({ hints }: Candidate, words: Words): string =>
  hints.length > 0
    ? `${words.hinted}. ${hints.map((hint) => words[hint]).join(' ')}`
    : words.review;

/**
 * @param isFirst - whether a hint is given for this step for the first time: it is a question once, and
 *   a remark from then on
 */
export const reviewView = (
  { step }: Place,
  candidate: Candidate,
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
  fillIn(words.sendingText, {
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
