/** Registers an element, once, where there are custom elements; on a server it does nothing. */
export const registerAs = (name: string, element: CustomElementConstructor): void => {
  const registry = (globalThis as Partial<typeof globalThis>).customElements;
  if (registry && !registry.get(name)) registry.define(name, element);
};
