import type * as React from 'react';
import type { ElementAttributes, ElementProps, KycReturnEventName } from '../element-props.js';
import type { KycElement } from '../element/kyc-element.js';
import type { KycReturn } from '../element/kyc-return.js';
import type { KycVerify } from '../element/kyc-verify.js';
import type { KycEventName, KycVerifyEventName } from '../model/events.js';
import type { HandlerProps } from './handlers.js';
import type { CreateSession } from './session.js';

/** What a component of an element takes. */
export type Props<E extends KycElement, N extends KycEventName> = Omit<
  React.HTMLAttributes<E>,
  keyof ElementProps<E>
> &
  ElementProps<E> &
  HandlerProps<N> &
  // An attribute would stand in the page, and in what a server renders; `onkyc-…` hears nothing.
  Partial<Readonly<Record<keyof ElementAttributes<E> | `on${N}`, never>>>;

/** The session's URL, or the way to get one. */
type SessionProps =
  | { readonly createSession?: undefined }
  | {
      /**
       * Asked once for each component that is mounted, when it is mounted. Another `key` makes it
       * another component.
       */
      readonly createSession: CreateSession;
      readonly sessionUrl?: undefined;
    };

export type KycVerifyProps = Props<KycVerify, KycVerifyEventName> &
  SessionProps & {
    /**
     * `createSession` came to nothing. Without it the error is reported to the window, and the
     * element says that there is nothing to open.
     */
    readonly onSessionError?: ((error: unknown) => void) | undefined;
  };

export type KycReturnProps = Props<KycReturn, KycReturnEventName>;
