import { html, nothing, type TemplateResult } from 'lit';
import { buttons, codeNote, panel, type Action } from '../element/panels.js';
import { fill } from '../i18n/texts.js';
import type {
  CaptureStep,
  CaptureTroubleCode,
  MediaLimits,
  QualityHint,
} from '../model/capture.js';
import { LONGEST_CLIP, type CameraTrouble, type RunningCamera } from './camera.js';
import type { Place } from './collection.js';
import { waitView, type Acts } from './views.js';
import {
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
  const text = fill(words[`${code}Text`] ?? '', { formats: formatNames(limits), size });
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
    ? fill(words.recording, { seconds: LONGEST_CLIP / 1000 })
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
