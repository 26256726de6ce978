'use client';
/** `KycCapture` for React 18 and 19; registers the element, and no other. */
import { createComponent } from '@lit/react';
import * as React from 'react';
import '../capture.js';
import { KycCapture as KycCaptureElement } from '../capture/kyc-capture.js';
import type { KycCaptureEventName } from '../model/events.js';
import { DEFERRED, given, type Component } from './component.js';
import { captureHandlers } from './handlers.js';
import type { Tag } from './jsx.js';
import type { Props } from './props.js';

export type { KycCaptureElement };

export type KycCaptureProps = Props<KycCaptureElement, KycCaptureEventName>;

// As in `index.ts`: the plan must be a property, also where another copy came first.
Reflect.get(KycCaptureElement, 'observedAttributes');

const Capture: React.ElementType = createComponent({
  react: React,
  tagName: 'kyc-capture',
  elementClass: KycCaptureElement,
  events: captureHandlers,
});

/**
 * `<kyc-capture>` as a component. A ref gives the element. Make the plan outside of the component, or
 * once: another object is another plan.
 */
export const KycCapture: Component<KycCaptureProps, KycCaptureElement> = React.forwardRef<
  KycCaptureElement,
  KycCaptureProps
>((props, ref) => React.createElement(Capture, { ...DEFERRED, ...given(props), ref }));
KycCapture.displayName = 'KycCapture';

interface Tags {
  readonly 'kyc-capture': Tag<KycCaptureElement, KycCaptureEventName>;
}

/** The bare tag, in React 19 alone; see `jsx.ts`. */
export type CaptureTagOfReact = typeof React extends { readonly use: unknown } ? Tags : object;

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace, no-restricted-syntax -- React's types look for it there.
  namespace JSX {
    interface IntrinsicElements extends CaptureTagOfReact {}
  }
}
