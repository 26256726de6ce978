/** Types for the bare tags in JSX. */
import type * as React from 'react';
import type { ElementAttributes, ElementProps, KycReturnEventName } from '../element-props.js';
import type { KycReturn } from '../element/kyc-return.js';
import type { KycVerify } from '../element/kyc-verify.js';
import type { KycElement } from '../element/kyc-element.js';
import type { KycEvent, KycEventName, KycVerifyEventName } from '../model/events.js';

type Handlers<N extends KycEventName> = {
  readonly [K in N as `on${K}`]?: ((event: KycEvent<K>) => void) | undefined;
};

/** React 19 sets a property where the element has one, else an attribute, and hears events. */
export type Tag<E extends KycElement, N extends KycEventName> = React.DetailedHTMLProps<
  React.HTMLAttributes<E>,
  E
> &
  ElementProps<E> &
  ElementAttributes<E> &
  Handlers<N>;

interface Tags {
  readonly 'kyc-verify': Tag<KycVerify, KycVerifyEventName>;
  readonly 'kyc-return': Tag<KycReturn, KycReturnEventName>;
}

/**
 * React 18 makes attributes of everything, the session URL too, and hears no event of ours. There the
 * bare tags stay unknown; the components are the way.
 */
export type TagsOfReact = typeof React extends { readonly use: unknown } ? Tags : object;

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace, no-restricted-syntax -- React's types look for it there.
  namespace JSX {
    interface IntrinsicElements extends TagsOfReact {}
  }
}
