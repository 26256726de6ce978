/** For Vue 3: a plugin, what to tell the template compiler, and types for templates. */
import type {
  AllowedComponentProps,
  AppConfig,
  ComponentCustomProps,
  HTMLAttributes,
  Plugin,
  VNodeProps,
} from 'vue';
import type { ElementProps, KycReturnEventName } from '../element-props.js';
import { KycReturn } from '../element/kyc-return.js';
import { KycVerify } from '../element/kyc-verify.js';
import type { KycEvent, KycEventName, KycVerifyEventName } from '../model/events.js';
import { registerAs } from '../register.js';

const ELEMENTS = { 'kyc-verify': KycVerify, 'kyc-return': KycReturn } as const;

/** For `isCustomElement` of the template compiler. Importing it registers nothing. */
export const isKycElement = (tag: string): boolean => Object.hasOwn(ELEMENTS, tag);

/** In a build without compiler, Vue warns of whoever reads these options: there they are no data. */
const compilerOptions = (config: AppConfig): AppConfig['compilerOptions'] | undefined =>
  Object.getOwnPropertyDescriptor(config, 'compilerOptions')?.value as
    AppConfig['compilerOptions'] | undefined;

/**
 * Registers the elements before the app is mounted: Vue asks an element for its properties, and makes
 * attributes of all that one not registered yet does not have. And tells the compiler in the browser.
 */
const plugin: Plugin<[]> = {
  install: ({ config }) => {
    // As in `define.ts`.
    KycVerify.disableWarning?.('change-in-update');
    for (const [tag, element] of Object.entries(ELEMENTS)) registerAs(tag, element);
    const options = compilerOptions(config);
    if (!options) return;
    const before = options.isCustomElement;
    options.isCustomElement = (tag) => isKycElement(tag) || !!before?.(tag);
  },
};

export default plugin;

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : S;

/** As templates (`@kyc-finished`) and render functions (`onKycFinished`) write them. */
type Listeners<N extends KycEventName> = {
  readonly [K in N as `on${Capitalize<K | Camel<K>>}`]?: ((event: KycEvent<K>) => void) | undefined;
};

/** What templates take for a component; at run time it is the element. */
type TemplateTag<E extends KycVerify | KycReturn, N extends KycEventName> = new () => E & {
  /** For the type checking of templates alone. */
  readonly $props: HTMLAttributes &
    ElementProps<E> &
    Listeners<N> &
    VNodeProps &
    AllowedComponentProps &
    ComponentCustomProps;
};

declare module 'vue' {
  interface GlobalComponents {
    'kyc-verify': TemplateTag<KycVerify, KycVerifyEventName>;
    'kyc-return': TemplateTag<KycReturn, KycReturnEventName>;
  }
}
