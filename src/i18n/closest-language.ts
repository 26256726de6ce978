/** The language of the text around an element, across shadow roots; `''` where none is said. */
export const closestLanguage = (element: Element): string => {
  const root = element.getRootNode();
  return (
    element.closest('[lang]')?.getAttribute('lang') ??
    (root instanceof ShadowRoot ? closestLanguage(root.host) : '')
  );
};
