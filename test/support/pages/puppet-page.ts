/** What a puppet is told. Whatever else reaches it, it keeps. */
interface PuppetCommand {
  /** Posts this to whoever told it. */
  readonly say?: unknown;
  /** Posts all that it heard besides commands. */
  readonly heard?: true;
  /** Goes to this URL. */
  readonly navigate?: string;
  /** Frames another puppet. */
  readonly nest?: string;
}

// The page of a puppet, see `../puppet.ts`. A block, since a classic script shares its names.
{
  const heard: unknown[] = [];

  const isCommand = (data: unknown): data is PuppetCommand =>
    typeof data === 'object' &&
    data !== null &&
    ['say', 'heard', 'navigate', 'nest'].some((word) => word in data);

  addEventListener('message', ({ data, source }: MessageEvent<unknown>) => {
    const teller = source as Window;
    if (!isCommand(data)) {
      heard.push(data);
    } else if (data.navigate !== undefined) {
      location.replace(data.navigate);
    } else if (data.nest !== undefined) {
      const frame = document.createElement('iframe');
      frame.src = data.nest;
      document.body.append(frame);
    } else {
      teller.postMessage(data.heard ? heard : data.say, '*');
    }
  });

  addEventListener('DOMContentLoaded', () => {
    const host = (window.opener as Window | null) ?? top;
    host?.postMessage({ hello: origin, referrer: document.referrer }, '*');
  });
}
