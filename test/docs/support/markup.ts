import { parse, parseFragment, type DefaultTreeAdapterTypes, type ParserError } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
export type Element = DefaultTreeAdapterTypes.Element;

const childrenOf = (node: Node): readonly Node[] => [
  ...('content' in node ? [node.content] : []),
  ...('childNodes' in node ? node.childNodes : []),
];

const isElement = (node: Node): node is Element => 'tagName' in node;

const elementsIn = (node: Node): readonly Element[] => [
  ...(isElement(node) ? [node] : []),
  ...childrenOf(node).flatMap(elementsIn),
];

const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

/** The parser forgives what is left open; a paper had better not show it. */
const unclosed = ({ tagName, sourceCodeLocation: place }: Element): readonly string[] =>
  place?.startTag && !place.endTag && !VOID.has(tagName)
    ? [`<${tagName}> of line ${place.startLine} is not closed`]
    : [];

/** What a piece of HTML holds, and what is wrong with it. */
export interface Markup {
  readonly elements: readonly Element[];
  readonly errors: readonly string[];
}

export const parseMarkup = (html: string): Markup => {
  const errors: string[] = [];
  const onParseError = ({ code, startLine }: ParserError): void => {
    errors.push(`${code} in line ${startLine}`);
  };
  const options = { onParseError, sourceCodeLocationInfo: true } as const;
  const isPage = /<!doctype/i.test(html);
  const elements = elementsIn(isPage ? parse(html, options) : parseFragment(html, options));
  return { elements, errors: [...errors, ...elements.flatMap(unclosed)] };
};

export const attribute = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((each) => each.name === name)?.value;

export const textOf = (element: Element): string =>
  childrenOf(element)
    .map((node) => ('value' in node ? node.value : isElement(node) ? textOf(node) : ''))
    .join('');
