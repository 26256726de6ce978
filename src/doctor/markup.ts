import { defaultTreeAdapter as tree, parse, type DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** A tag's attributes, by name. */
export type Attributes = ReadonlyMap<string, string>;

export interface ScriptTag {
  /** Its place among the page's tags. */
  readonly position: number;
  readonly attributes: Attributes;
  /** What it holds itself. */
  readonly text: string;
}

/** One `<kyc-verify>`, with what the host rendered into it. */
export interface VerifyTag {
  readonly attributes: Attributes;
  /** The `<iframe>` that the element adopts. */
  readonly frame: Attributes | undefined;
  readonly scripts: readonly ScriptTag[];
}

/** What there is to know of a page's markup. */
export interface Markup {
  readonly hasLanguage: boolean;
  readonly hasViewport: boolean;
  /** What addresses are relative to, if not to the page. */
  readonly base: string | undefined;
  /** `<meta http-equiv="Content-Security-Policy">`, in the head, where alone it counts. */
  readonly policies: readonly { readonly content: string; readonly position: number }[];
  readonly scripts: readonly ScriptTag[];
  readonly elements: readonly VerifyTag[];
  /** Whether it is a callback page. */
  readonly hasReturn: boolean;
}

const attributesOf = (element: Element): Attributes =>
  new Map(element.attrs.map(({ name, value }) => [name, value]));

const textOf = (element: Element): string =>
  element.childNodes.map((node) => (tree.isTextNode(node) ? node.value : '')).join('');

/** What is below a node as a browser would build it; a template is only a template. */
const childrenOf = (node: Node): readonly Node[] => {
  if (!('childNodes' in node)) return [];
  const isShadow =
    tree.isElementNode(node) &&
    node.tagName === 'template' &&
    attributesOf(node).has('shadowrootmode');
  return isShadow
    ? tree.getTemplateContent(node as DefaultTreeAdapterTypes.Template).childNodes
    : node.childNodes;
};

/** Every element of the page, in its order. A loop, since nothing limits how deep markup is. */
const elementsOf = (root: Node): readonly Element[] => {
  const found: Element[] = [];
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (tree.isElementNode(node)) found.push(node);
    for (const child of childrenOf(node).toReversed()) waiting.push(child);
  }
  return found;
};

const isNamed = (attributes: Attributes, name: string, value: string): boolean =>
  attributes.get(name)?.trim().toLowerCase() === value;

/** Reads a page's markup, whatever it is: no markup is an error. */
export const readMarkup = (html: string): Markup => {
  const all = elementsOf(parse(html)).map((element, position) => ({
    element,
    position,
    attributes: attributesOf(element),
  }));
  const named = (tag: string): typeof all => all.filter(({ element }) => element.tagName === tag);
  const metas = named('meta');
  const scripts = named('script').map(({ element, ...rest }) => ({
    ...rest,
    element,
    text: textOf(element),
  }));
  return {
    hasLanguage: named('html').some(({ attributes }) => (attributes.get('lang') ?? '') !== ''),
    hasViewport: metas.some(({ attributes }) => isNamed(attributes, 'name', 'viewport')),
    base: named('base')
      .map(({ attributes }) => attributes.get('href'))
      .find((href) => href !== undefined),
    policies: metas
      .filter(
        ({ element, attributes }) =>
          isNamed(attributes, 'http-equiv', 'content-security-policy') &&
          element.parentNode?.nodeName === 'head',
      )
      .map(({ attributes, position }) => ({ content: attributes.get('content') ?? '', position })),
    scripts: scripts.map(({ element: _, ...tag }) => tag),
    elements: named('kyc-verify').map(({ element, attributes }) => {
      const frame = element.childNodes.find((node) => node.nodeName === 'iframe');
      return {
        attributes,
        frame: frame && tree.isElementNode(frame) ? attributesOf(frame) : undefined,
        scripts: scripts
          .filter((script) => script.element.parentNode === element)
          .map(({ element: _, ...tag }) => tag),
      };
    }),
    hasReturn: named('kyc-return').length > 0,
  };
};
