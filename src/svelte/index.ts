/** For Svelte 5: types of the tags in markup. Nothing of it is there at run time. */
import type { HTMLAttributes } from 'svelte/elements';
import type { KycCapture } from '../capture/kyc-capture.js';
import type { ElementAttributes, ElementProps, KycReturnEventName } from '../element-props.js';
import type { KycElement } from '../element/kyc-element.js';
import type { KycReturn } from '../element/kyc-return.js';
import type { KycVerify } from '../element/kyc-verify.js';
import type {
  KycCaptureEventName,
  KycEvent,
  KycEventName,
  KycVerifyEventName,
} from '../model/events.js';

/** As Svelte 5 (`onkyc-finished`) and Svelte 4 (`on:kyc-finished`) write them. */
type Listeners<N extends KycEventName> = {
  readonly [K in N as `on${'' | ':'}${K}`]?: ((event: KycEvent<K>) => void) | undefined;
};

type Tag<E extends KycElement, N extends KycEventName> = HTMLAttributes<E> &
  ElementProps<E> &
  ElementAttributes<E> &
  Listeners<N>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'kyc-verify': Tag<KycVerify, KycVerifyEventName>;
    'kyc-return': Tag<KycReturn, KycReturnEventName>;
    'kyc-capture': Tag<KycCapture, KycCaptureEventName>;
  }
}
