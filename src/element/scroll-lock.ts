let sheet: CSSStyleSheet | undefined;

/**
 * Keeps the page from scrolling until the function it returns is called. A sheet that is adopted
 * and given back needs no style attribute, holds under a strict CSP, and leaves nothing behind;
 * several locks at once are several entries of the one sheet.
 */
export const lockScroll = (): (() => void) => {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync('html{overflow:hidden!important;scrollbar-gutter:stable}');
  }
  const own = sheet;
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, own];
  return () => {
    const sheets = [...document.adoptedStyleSheets];
    sheets.splice(sheets.indexOf(own), 1);
    document.adoptedStyleSheets = sheets;
  };
};
