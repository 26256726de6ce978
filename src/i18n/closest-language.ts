/** The language of the text around an element, across shadow roots; `''` where none is said. */
export const closestLanguage = (element: Element): string => {
  const root = element.getRootNode();
  const closest = element.closest('[lang]');
  if (closest) return closest.getAttribute('lang') ?? '';
  return root instanceof ShadowRoot ? closestLanguage(root.host) : '';
};
