import { css } from 'lit';

/** What the collection looks like, besides what the elements share. */
export const captureStyles = css`
  .stage {
    height: auto;
    min-height: 22rem;
  }
  .body {
    flex: 1;
    display: grid;
    padding: 1.5rem;
    outline: 0;
  }
  .body > * {
    margin: auto;
    width: min(100%, 34rem);
  }
  h2,
  p,
  small {
    text-wrap: balance;
  }
  .panel.wide {
    max-width: none;
  }
  .panel ul,
  fieldset {
    justify-self: stretch;
  }
  .drop {
    outline: 3px dashed var(--_accent);
    outline-offset: -8px;
  }
  fieldset {
    display: grid;
    gap: 0.5rem;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0 0 1rem;
    font-size: 1.4rem;
    font-weight: 700;
    text-align: center;
    width: 100%;
  }
  label {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    min-height: 2.75rem;
    padding: 0.25rem 1rem;
    text-align: start;
    border: var(--_line);
    border-radius: var(--_radius);
    cursor: pointer;
  }
  input {
    accent-color: var(--_accent);
    width: 1.25rem;
    height: 1.25rem;
  }
  small {
    opacity: 0.8;
  }
  blockquote {
    margin: 0;
    padding: 0.75rem 1rem;
    justify-self: stretch;
    font-size: 1.15rem;
    border-inline-start: 4px solid var(--_accent);
    text-align: start;
    overflow-wrap: anywhere;
  }
  .camera {
    position: relative;
    overflow: hidden;
    width: 100%;
    max-height: 70vh;
    max-height: 70dvh;
    aspect-ratio: 4 / 3;
    color: #fff;
    background: #000;
    border-radius: var(--_radius);
  }
  .camera video {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .camera.mirror video {
    scale: -1 1;
  }
  .guide {
    position: absolute;
    inset: 0;
    margin: auto;
    border: 3px solid #fff;
    border-radius: 12px;
    box-shadow: 0 0 0 100vmax #0007;
    pointer-events: none;
    width: 86%;
    max-height: 90%;
    aspect-ratio: 85.6 / 54;
  }
  .guide.passport {
    width: auto;
    height: 86%;
    aspect-ratio: 125 / 88;
    max-width: 94%;
  }
  .guide.page {
    width: auto;
    height: 92%;
    aspect-ratio: 210 / 297;
  }
  .guide.face {
    width: auto;
    height: 82%;
    aspect-ratio: 3 / 4;
    border-radius: 50%;
  }
  .hint {
    position: absolute;
    inset: auto 0 0;
    padding: 0.5rem 1rem;
    background: #000b;
    text-align: center;
  }
  .trouble {
    justify-self: stretch;
    padding: 0.75rem 1rem;
    border: var(--_line);
    border-radius: var(--_radius);
    text-align: start;
  }
  .preview {
    display: grid;
    place-items: center;
    width: 100%;
    min-height: 8rem;
    background: color-mix(in srgb, var(--_text) 8%, transparent);
    border-radius: var(--_radius);
    overflow: hidden;
  }
  /* As high before there is something to see: the buttons below must not move under a finger. */
  .preview canvas,
  .preview video {
    display: block;
    width: 100%;
    height: min(55vh, 28rem);
    height: min(55dvh, 28rem);
    object-fit: contain;
  }
  .list {
    display: grid;
    gap: 0.75rem;
    padding: 0;
    list-style: none;
  }
  .list li {
    display: grid;
    grid-template-columns: 5.5rem 1fr auto;
    align-items: center;
    gap: 0.75rem;
    text-align: start;
  }
  .list .preview {
    min-height: 0;
    height: 4rem;
  }
  .list canvas,
  .list video {
    height: 4rem;
    object-fit: cover;
  }
  progress {
    width: 100%;
    height: 0.75rem;
    accent-color: var(--_accent);
  }
  [aria-pressed='true'] {
    border: 3px solid;
  }
  @media (max-width: 400px) {
    .body {
      padding: 1rem 0.75rem;
    }
    .list li {
      grid-template-columns: 4rem 1fr auto;
    }
  }
`;
