/** Types of our tags in Vue's templates. */
import type { AllowedComponentProps, ComponentCustomProps, HTMLAttributes, VNodeProps } from 'vue';
import type { ElementProps } from '../element-props.js';
import type { KycElement } from '../element/kyc-element.js';
import type { KycEvent, KycEventName } from '../model/events.js';

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : S;

/** As templates (`@kyc-finished`) and render functions (`onKycFinished`) write them. */
type Listeners<N extends KycEventName> = {
  readonly [K in N as `on${Capitalize<K | Camel<K>>}`]?: ((event: KycEvent<K>) => void) | undefined;
};

/** What templates take for a component; at run time it is the element. */
export type TemplateTag<E extends KycElement, N extends KycEventName> = new () => E & {
  /** For the type checking of templates alone. */
  readonly $props: HTMLAttributes &
    ElementProps<E> &
    Listeners<N> &
    VNodeProps &
    AllowedComponentProps &
    ComponentCustomProps;
};
