/** What a framework may set on our elements, and hear from them. All of it derives from the classes. */
import type { LitElement } from 'lit';
import type { KycEventName } from './model/events.js';

/** Tells `readonly` apart too, which being assignable does not. */
type IsSame<A, B> =
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- it is the trick.
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Writable, no method, and not Lit's. */
type SettableKey<E extends LitElement> = {
  [K in Exclude<keyof E, keyof LitElement | 'isDeferred'>]: E[K] extends (...args: never) => unknown
    ? never
    : IsSame<Pick<E, K>, { -readonly [P in K]: E[P] }> extends true
      ? K
      : never;
}[Exclude<keyof E, keyof LitElement | 'isDeferred'>];

/** The public properties of an element, each of which may be left out. */
export type ElementProps<E extends LitElement> = {
  readonly [K in SettableKey<E> & string]?: E[K] | undefined;
};

type Kebab<S extends string> = S extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `-${Lowercase<Head>}`}${Kebab<Tail>}`
  : S;

/** Attributes that are written otherwise than their properties: `session-url` for `sessionUrl`. */
export type ElementAttributes<E extends LitElement> = {
  readonly [K in SettableKey<E> & string as Exclude<Kebab<K>, K>]?: E[K] | undefined;
};

type Some<N extends KycEventName> = N;

/** The events of `<kyc-return>`. */
export type KycReturnEventName = Some<'kyc-error' | 'kyc-returned'>;
