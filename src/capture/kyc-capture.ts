import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { KycElement } from '../element/kyc-element.js';
import type { CapturePhase, CapturePlan } from '../model/capture.js';
import type { KycError } from '../model/errors.js';

/**
 * Collects the proofs of an identity verification on the merchant's own page, with the camera or from
 * files, and hands them to the merchant's server, or to the page.
 *
 * @summary The merchant's own front end for proofs: camera, files, review, upload.
 * @tagname kyc-capture
 *
 * @slot intro - In place of the panel with the start button. A button of yours calls `start()`.
 * @slot captured - In place of the panel after `kyc-captured`, where there is no endpoint.
 * @slot submitted - In place of the panel after everything has arrived.
 * @slot canceled - In place of the panel after the person or the host backed out.
 * @slot failed - In place of the panel that says what went wrong.
 * @slot handled - In place of nothing, where the host prevented `kyc-error`.
 *
 * @event {KycEvent<'kyc-capture-step'>} kyc-capture-step - The person came to a step, or to its
 *   next part.
 * @event {KycEvent<'kyc-captured'>} kyc-captured - Everything was collected, and the person wants it
 *   to be sent: here are the proofs. Cancelable: prevent it to send them yourself.
 * @event {KycEvent<'kyc-upload-progress'>} kyc-upload-progress - Some more was sent.
 * @event {KycEvent<'kyc-submitted'>} kyc-submitted - Your server has everything. Not a decision.
 * @event {KycEvent<'kyc-canceled'>} kyc-canceled - The person or the host backed out.
 * @event {KycEvent<'kyc-error'>} kyc-error - Something went wrong, in a step or as a whole. Cancelable
 *   in the phase `failed`: prevent it to tell the person yourself.
 *
 * @csspart stage - The surface.
 * @csspart panel - Any panel.
 * @csspart heading - A panel's heading.
 * @csspart text - A panel's sentence.
 * @csspart actions - A panel's buttons.
 * @csspart button - Any button.
 * @csspart primary-button - The main button of a panel.
 * @csspart code - The error code in a panel.
 *
 * @cssproperty [--kyc-width=1000px] - Largest width.
 * @cssproperty [--kyc-surface=Canvas] - Background.
 * @cssproperty [--kyc-text=CanvasText] - Text and lines.
 * @cssproperty [--kyc-accent] - Main buttons. Default: the text colour.
 * @cssproperty [--kyc-on-accent] - Text on the accent. Default: the background.
 * @cssproperty [--kyc-radius=12px] - Corner radius.
 * @cssproperty [--kyc-font=system-ui] - Font.
 *
 * @cssstate idle - Nothing has begun.
 * @cssstate creating - Your server is asked for a session.
 * @cssstate capturing - The person is at one of the proofs.
 * @cssstate confirming - Everything is there, and not sent.
 * @cssstate uploading - It is being sent.
 * @cssstate captured - The host has the proofs.
 * @cssstate submitted - Your server has the proofs.
 * @cssstate canceled - The person or the host backed out.
 * @cssstate failed - Something went wrong.
 */
export class KycCapture extends KycElement {
  static override properties: PropertyDeclarations = {
    captureEndpoint: { attribute: 'capture-endpoint' },
    provider: {},
    plan: { attribute: false },
  };

  /**
   * Where the proofs are sent: the path that the backend kit's handler is mounted at, or a URL.
   * Without it nothing is sent, and `kyc-captured` hands them to the page.
   */
  declare captureEndpoint: string | undefined;

  /** `veriff` or `shufti-pro`: asks for what that provider needs at least, where there is no `plan`. */
  declare provider: string | undefined;

  /** What the person is asked for; see `veriffPlan()` and `shuftiProPlan()`. */
  declare plan: CapturePlan | undefined;

  /** The present phase. */
  get phase(): CapturePhase {
    return 'idle';
  }

  /** Why it failed; `undefined` in every other phase. */
  get error(): KycError | undefined {
    return undefined;
  }

  /** Begins with the first step. Does nothing once it has begun. */
  start(): void {
    // To come.
  }

  /** Ends it as canceled by the host: the camera stops, and what was collected is dropped. */
  close(): void {
    // To come.
  }

  /** Begins anew after an end, or goes on after a failure with what there is. */
  retry(): void {
    // To come.
  }

  protected override render(): TemplateResult {
    return html`<slot name="intro"></slot>`;
  }
}
