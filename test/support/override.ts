/** Changes to the platform, each taken back after the test. Call it within a `describe`. */
export interface Overrides {
  /** Gives `target` another value for a property, whatever the platform made of it. */
  set(target: object, name: string, value: unknown): void;
  /** Takes a property away, wherever on the prototype chain of `target` it stands. */
  take(target: object, name: string): void;
}

const holderOf = (target: object, name: string): object | undefined => {
  for (let each: object | null = target; each; each = Reflect.getPrototypeOf(each)) {
    if (Object.hasOwn(each, name)) return each;
  }
  return undefined;
};

export const overrides = (): Overrides => {
  const undo: (() => void)[] = [];
  afterEach(() => {
    for (const each of undo.splice(0).reverse()) each();
  });
  return {
    set: (target, name, value) => {
      const before = Object.getOwnPropertyDescriptor(target, name);
      undo.push(() => {
        if (before) Object.defineProperty(target, name, before);
        else Reflect.deleteProperty(target, name);
      });
      Object.defineProperty(target, name, { configurable: true, writable: true, value });
    },
    take: (target, name) => {
      const holder = holderOf(target, name);
      const before = holder && Object.getOwnPropertyDescriptor(holder, name);
      if (!before) return;
      undo.push(() => {
        Object.defineProperty(holder, name, before);
      });
      Reflect.deleteProperty(holder, name);
    },
  };
};
