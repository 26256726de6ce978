/**
 * Keeps the page from scrolling until the function it returns is called. A sheet that is adopted
 * and given back needs no style attribute, holds under a strict CSP, and leaves nothing behind.
 */
export const lockScroll = (): (() => void) => {
  const sheet = new CSSStyleSheet();
  // Where the page has a scrollbar its place is kept, so that nothing moves to the side.
  const gutter = innerWidth > document.documentElement.clientWidth ? 'stable' : 'auto';
  sheet.replaceSync(`html{overflow:hidden!important;scrollbar-gutter:${gutter}}`);
  document.adoptedStyleSheets.push(sheet);
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  };
};
