import { css } from 'lit';

/**
 * System colours follow the page's `color-scheme` and forced colours by themselves, and are
 * neutral enough to stand beside any brand.
 */
export const styles = css`
  :host {
    display: block;
    --_surface: var(--kyc-surface, Canvas);
    --_text: var(--kyc-text, CanvasText);
    --_line: 1px solid color-mix(in srgb, var(--_text) 20%, transparent);
    --_accent: var(--kyc-accent, var(--_text));
    --_radius: var(--kyc-radius, 12px);
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  h2,
  p,
  ul {
    margin: 0;
  }
  ul {
    padding: 0 1rem;
    text-align: start;
  }
  .stage {
    display: flex;
    flex-direction: column;
    overflow: hidden;
    position: relative;
    max-width: var(--kyc-width, 1000px);
    height: var(--kyc-height, 650px);
    margin: auto;
    font: 1rem/1.5 var(--kyc-font, system-ui, sans-serif);
    color: var(--_text);
    background: var(--_surface);
    outline: var(--_line);
    border-radius: var(--_radius);
  }
  .note {
    height: auto;
    padding: 1.5rem;
  }
  dialog {
    width: min(var(--kyc-width, 1000px), 100% - 3rem);
    max-width: none;
    max-height: none;
    padding: 0;
    border: 0;
    background: none;
  }
  dialog .stage {
    height: min(var(--kyc-height, 650px) + 4rem, 100dvh - 3rem);
  }
  ::backdrop {
    background: #000a;
  }
  .view {
    flex: 1;
    position: relative;
  }
  iframe,
  ::slotted([slot='frame']),
  .cover {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    border: 0;
  }
  bdi {
    overflow-wrap: anywhere;
    user-select: all;
  }
  .cover {
    display: grid;
    overflow: auto;
    padding: 1.5rem;
    background: var(--_surface);
    outline: 0;
  }
  .panel {
    display: grid;
    gap: 1rem;
    place-items: center;
    margin: auto;
    max-width: 26rem;
    text-align: center;
  }
  h2 {
    font-size: 1.4rem;
  }
  .mark {
    width: 2.75rem;
    line-height: 2.5rem;
    color: var(--_accent);
    border: 2px solid;
    border-radius: 50%;
  }
  .spinner {
    height: 2.75rem;
    border-top-color: #0000;
    forced-color-adjust: none;
    animation: spin 1s linear infinite;
  }
  .bar,
  .actions {
    display: flex;
    flex-wrap: wrap;
    place-content: center;
    align-items: center;
    gap: 0.5rem;
  }
  .bar {
    padding: 0.5rem 1rem;
    outline: var(--_line);
    z-index: 1;
  }
  .bar > :first-child {
    flex: 1;
  }
  button,
  a {
    min-height: 2.75rem;
    padding: 0.5rem 1rem;
    font: inherit;
    font-weight: 600;
    color: inherit;
    background: none;
    border: var(--_line);
    border-radius: var(--_radius);
    cursor: pointer;
    text-decoration: none;
  }
  .actions > :first-child {
    color: var(--kyc-on-accent, var(--_surface));
    background: var(--_accent);
  }
  [part='close-button'] {
    border: 0;
  }
  button:hover,
  a:hover {
    opacity: 0.8;
  }
  :focus-visible {
    outline: 3px solid var(--_accent);
  }
  .status {
    position: absolute;
    clip-path: inset(100%);
  }
  @keyframes spin {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion) {
    .spinner {
      animation-duration: 6s;
    }
  }
  @media (max-width: 640px), (max-height: 480px) {
    dialog {
      width: 100%;
      height: 100%;
    }
    dialog .stage {
      height: 100dvh;
      border-radius: 0;
    }
  }
`;
