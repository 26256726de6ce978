/** The language of the text around an element, across shadow roots; `''` where none is said. */
export const closestLanguage = (element: Element): string => {
  const root = element.getRootNode();
  const closest = element.closest<HTMLElement>('[lang]');
  if (closest) return closest.lang;
  return root instanceof ShadowRoot ? closestLanguage(root.host) : '';
};
