'use client';
/** `KycVerify` and `KycReturn` for React 18 and 19; registers the elements. */
import { createComponent } from '@lit/react';
import * as React from 'react';
import '../define.js';
import { KycReturn as KycReturnElement } from '../element/kyc-return.js';
import { KycVerify as KycVerifyElement } from '../element/kyc-verify.js';
import { DEFERRED, given, type Component } from './component.js';
import { returnHandlers, verifyHandlers } from './handlers.js';
import type { KycReturnProps, KycVerifyProps } from './props.js';
import { useSession } from './session.js';

export type * from './jsx.js';
export type { KycReturnProps, KycVerifyProps } from './props.js';
export type { CreatedSession, CreateSession } from './session.js';
export type { KycReturnElement, KycVerifyElement };

// Lit makes a class's properties when it is asked for them, as registering does; but that is not ours
// where another copy came first. What is no property becomes an attribute: no place for a URL.
for (const each of [KycVerifyElement, KycReturnElement]) Reflect.get(each, 'observedAttributes');

const Verify: React.ElementType = createComponent({
  react: React,
  tagName: 'kyc-verify',
  elementClass: KycVerifyElement,
  events: verifyHandlers,
});

const Return: React.ElementType = createComponent({
  react: React,
  tagName: 'kyc-return',
  elementClass: KycReturnElement,
  events: returnHandlers,
});

/** Sets it where it changes alone: a modal that the person closed is not opened by a rendering. */
const useOpen = (
  element: React.RefObject<KycVerifyElement | null>,
  open: boolean | undefined,
): void => {
  const last = React.useRef<boolean | undefined>(undefined);
  React.useEffect(() => {
    if (element.current && open !== last.current) element.current.open = !!open;
    last.current = open;
  }, [open]);
};

/** React 19.0 to 19.2 write markup anew for each new object, and with it the frame that is in there. */
const useMarkup = (markup: KycVerifyProps['dangerouslySetInnerHTML']): typeof markup => {
  const html = markup?.__html;
  return React.useMemo(() => (html === undefined ? undefined : { __html: html }), [html]);
};

/** `<kyc-verify>` as a component. A ref gives the element. */
export const KycVerify: Component<KycVerifyProps, KycVerifyElement> = React.forwardRef<
  KycVerifyElement,
  KycVerifyProps
>(({ createSession, onSessionError, open, dangerouslySetInnerHTML, ...props }, forwarded) => {
  const element = React.useRef<KycVerifyElement>(null);
  React.useImperativeHandle<KycVerifyElement | null, KycVerifyElement | null>(
    forwarded,
    () => element.current,
    [],
  );
  useOpen(element, open);
  const markup = useMarkup(dangerouslySetInnerHTML);
  const session = useSession(props.sessionUrl ? undefined : createSession, (error) => {
    if (onSessionError) {
      onSessionError(error);
      return;
    }
    reportError(error);
    // A closed modal has nobody to tell.
    if (props.display !== 'modal' || element.current?.open) element.current?.start();
  });
  return React.createElement(Verify, {
    ...DEFERRED,
    ...given({
      ...props,
      ...(!props.sessionUrl && session),
      dangerouslySetInnerHTML: markup,
    }),
    ref: element,
  });
});
KycVerify.displayName = 'KycVerify';

/** `<kyc-return>` as a component. A ref gives the element. */
export const KycReturn: Component<KycReturnProps, KycReturnElement> = React.forwardRef<
  KycReturnElement,
  KycReturnProps
>((props, ref) => React.createElement(Return, { ...DEFERRED, ...given(props), ref }));
KycReturn.displayName = 'KycReturn';
