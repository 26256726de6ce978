import type * as React from 'react';

export type Component<P, E> = React.ForwardRefExoticComponent<P & React.RefAttributes<E>>;

/**
 * An element that a server rendered is there before React has set a property or listens. So it waits
 * for this attribute to go, which `@lit/react` takes away when it has done both.
 */
export const DEFERRED = { 'defer-hydration': '' };

/** Left out, as opposed to set to `undefined`, so that the element's own defaults stand. */
export const given = (props: object): object =>
  Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
