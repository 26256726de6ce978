import type { App, AppConfig } from 'vue';
import { registerAs } from '../register.js';

const TAGS: readonly string[] = ['kyc-verify', 'kyc-return', 'kyc-capture'];

/** For `isCustomElement` of the template compiler. Importing it registers nothing. */
export const isKycElement = (tag: string): boolean => TAGS.includes(tag);

/** In a build without compiler, Vue warns of whoever reads these options: there they are no data. */
const compilerOptions = (config: AppConfig): AppConfig['compilerOptions'] | undefined =>
  Object.getOwnPropertyDescriptor(config, 'compilerOptions')?.value as
    AppConfig['compilerOptions'] | undefined;

/**
 * Registers the elements before the app is mounted: Vue asks an element for its properties, and makes
 * attributes of all that one not registered yet does not have. And tells the compiler in the browser.
 *
 * @param elements - tag to class
 */
export const install = (
  { config }: App,
  elements: Readonly<Record<string, CustomElementConstructor>>,
): void => {
  for (const [tag, element] of Object.entries(elements)) registerAs(tag, element);
  const options = compilerOptions(config);
  if (!options) return;
  const before = options.isCustomElement;
  options.isCustomElement = (tag) => isKycElement(tag) || !!before?.(tag);
};
