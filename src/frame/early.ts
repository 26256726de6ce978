/** What the collector keeps on its element. */
interface Collection extends ReadonlyArray<MessageEvent> {
  readonly stop: () => void;
}

/**
 * The collector: a script of one line inside the element, before the host's own frame. It keeps what
 * the frame says before our script is there: at most 99 messages, of the element's own children.
 */
export const frameCollector =
  '(k=>{let q=k.kycEarly=[],f=e=>{q.length<99&&[...k.children].some(c=>c.contentWindow===e.source)&&q.push(e)};' +
  "q.stop=()=>removeEventListener('message',f);addEventListener('message',f)})(document.currentScript.parentNode)";

/** What was collected, once. To be checked like any other message. */
export const takeEarly = (host: object): readonly MessageEvent[] => {
  const holder = host as { kycEarly?: Collection };
  const early = holder.kycEarly;
  early?.stop();
  delete holder.kycEarly;
  return early ?? [];
};
