import { frameCollector } from '../frame/early.js';
import { fill, wordingFor } from '../i18n/texts.js';
import { planRun } from './plan.js';

/** What a server knows when it renders the frame. */
export interface RenderFrameOptions {
  /** The one-time URL from the provider. */
  readonly sessionUrl: string;
  /** As the element's `provider`. */
  readonly provider?: string;
  /** As the element's `trusted-origins`. */
  readonly trustedOrigins?: string;
  /** BCP 47, of the frame's title, and of the provider's page where its URL takes a language. */
  readonly language?: string;
  /** The frame's accessible name. Default: ours, in `language` if its texts are registered. */
  readonly title?: string;
  /** Of your Content-Security-Policy, for the collector. */
  readonly nonce?: string;
  /** `false` leaves the collector out: what the page says before the element is there is lost. */
  readonly collector?: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');

const attributes = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escape(value)}"`)
    .join('');

/**
 * The markup of a frame that `<kyc-verify>` adopts as it stands, for a server: the children of the
 * element. The provider is asked for its page at once, and with script blocked the person still sees
 * it. The page that holds it holds a secret: send it with `Cache-Control: no-store`, and set no
 * `session-url`.
 *
 * @returns HTML, escaped: the collector of early messages, and the frame
 * @throws TypeError where the session URL is not one that may be framed with a camera, or the
 *   provider is unknown; the message does not repeat the URL
 */
export const renderFrame = ({
  sessionUrl,
  provider,
  trustedOrigins,
  language = '',
  title,
  nonce,
  collector = true,
}: RenderFrameOptions): string => {
  const { plan, error } = planRun(
    { sessionUrl, provider, trustedOrigins, language: language.toLowerCase().split('-')[0] ?? '' },
    '',
  );
  if (!plan) throw new TypeError(error.message);
  const { texts } = wordingFor(language);
  const script = `<script${attributes(nonce ? { nonce } : {})}>${frameCollector}</script>`;
  const frame = attributes({
    // Size and border by attributes: they hold under any style policy, and before the element is there.
    width: '100%',
    height: '650',
    frameborder: '0',
    title: title ?? fill(texts.frame, { provider: plan.provider.name }),
    referrerpolicy: 'strict-origin',
    // Read once, when the navigation starts.
    allow: plan.allow,
    src: plan.url.href,
  });
  return `${collector ? script : ''}<iframe${frame}></iframe>`;
};
