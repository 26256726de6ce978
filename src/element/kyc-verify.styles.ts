import { css } from 'lit';

/**
 * System colours follow the page's `color-scheme` and forced colours by themselves, and are
 * neutral enough to stand beside any brand.
 */
export const styles = css`
  :host {
    display: block;
    font: 1rem/1.5 var(--kyc-font, system-ui, sans-serif);
    --_surface: var(--kyc-surface, Canvas);
    --_text: var(--kyc-text, CanvasText);
    --_line: color-mix(in srgb, var(--_text) 18%, transparent);
    --_accent: var(--kyc-accent, var(--_text));
    --_radius: var(--kyc-radius, 12px);
  }
  :host([hidden]) {
    display: none;
  }
  *,
  ::before {
    box-sizing: border-box;
  }
  .stage {
    display: flex;
    flex-direction: column;
    position: relative;
    overflow: hidden;
    inline-size: 100%;
    max-inline-size: var(--kyc-width, 1000px);
    block-size: var(--kyc-height, 650px);
    margin-inline: auto;
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  dialog {
    inline-size: min(var(--kyc-width, 1000px), 100vw - 3rem);
    max-inline-size: none;
    padding: 0;
    border: 0;
    background: none;
  }
  dialog .stage {
    block-size: min(var(--kyc-height, 700px), 100vh - 3rem);
    block-size: min(var(--kyc-height, 700px), 100dvh - 3rem);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.6);
  }
  .view {
    flex: 1;
    min-block-size: 0;
    position: relative;
  }
  iframe,
  .cover {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    border: 0;
  }
  .hidden iframe {
    visibility: hidden;
  }
  .cover {
    display: grid;
    overflow: auto;
    padding: 1.5rem;
    background: var(--_surface);
    outline: none;
  }
  .panel {
    margin: auto;
    max-inline-size: 26rem;
    text-align: center;
  }
  h2 {
    margin: 0 0 0.5rem;
    font-size: 1.375rem;
    line-height: 1.25;
    text-wrap: balance;
  }
  p {
    margin: 0;
    text-wrap: pretty;
  }
  small {
    display: block;
    margin-block-start: 1rem;
    opacity: 0.75;
  }
  .spinner,
  .mark {
    display: block;
    inline-size: 2.75rem;
    margin: 0 auto 1.25rem;
    aspect-ratio: 1;
    border: 3px solid var(--_line);
    border-radius: 50%;
  }
  .spinner {
    border-block-start-color: var(--_accent);
    animation: spin 1s linear infinite;
  }
  .mark {
    border-color: var(--_accent);
    color: var(--_accent);
    font-weight: 700;
    line-height: 2.375rem;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.75rem;
    padding: 0.5rem 1rem;
  }
  header {
    border-block-end: 1px solid var(--_line);
  }
  footer {
    border-block-start: 1px solid var(--_line);
  }
  .bar > :first-child {
    flex: 1;
  }
  header strong {
    font-weight: 600;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.75rem;
    margin-block-start: 1.5rem;
  }
  button {
    min-block-size: 2.75rem;
    padding: 0.5rem 1.25rem;
    font: inherit;
    font-weight: 600;
    color: inherit;
    background: none;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.75);
    cursor: pointer;
  }
  .primary {
    color: var(--kyc-on-accent, var(--_surface));
    background: var(--_accent);
    border-color: transparent;
  }
  button:hover {
    filter: contrast(0.85);
  }
  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  .status {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @keyframes spin {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation-duration: 6s;
    }
  }
  @media (max-width: 640px) {
    dialog,
    dialog .stage {
      inline-size: 100vw;
      block-size: 100vh;
      block-size: 100dvh;
      max-block-size: none;
      border: 0;
      border-radius: 0;
    }
  }
`;
