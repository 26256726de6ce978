/** For servers: the frame in the page's own HTML. No element, no Lit, no DOM. */
export { renderFrame, type RenderFrameOptions } from './flow/render-frame.js';
export { frameCollector } from './frame/early.js';
