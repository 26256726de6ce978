/** A host's app. `/compiled` has Vue compile a template in the browser; `/rendered` does without. */
import { createApp, h, ref, type Component } from 'vue';
import type { KycEvent, KycVerify } from '../../src/index.js';
import kyc from '../../src/vue/index.js';

/** What the tests read. */
export interface Notes {
  readonly events: string[];
  /** What Vue complains of. */
  readonly complaints: string[];
  readonly element: KycVerify | null;
}

const events: string[] = [];
const complaints: string[] = [];
const element = ref<KycVerify | null>(null);
const notes: Notes = {
  events,
  complaints,
  get element() {
    return element.value;
  },
};
Object.assign(globalThis, { notes });

const { warn: say } = console;
console.warn = (...words: unknown[]) => {
  complaints.push(words.map(String).join(' '));
  say(...words);
};

const trustedOrigins = document.documentElement.dataset['origins'] ?? '';
const sessionUrl = ref<string>();
const isShown = ref(true);

const state = {
  element,
  trustedOrigins,
  sessionUrl,
  isShown,
  takeAnother: async () => {
    const answer = await fetch('/session', { method: 'POST' });
    sessionUrl.value = (await answer.json()) as string;
  },
  note: ({ type, detail }: KycEvent) => {
    events.push(`${type} ${detail.provider}`);
  },
};

/** A component of the host's own whose name begins as ours do. */
const KycHint: Component = { render: () => h('em', 'We only look at your document.') };

const compiled: Component = {
  components: { KycHint },
  setup: () => state,
  template: `
    <kyc-hint></kyc-hint>
    <button @click="takeAnother">Another session</button>
    <button @click="isShown = !isShown">Toggle</button>
    <kyc-verify
      v-if="isShown"
      ref="element"
      provider="veriff"
      :trusted-origins="trustedOrigins"
      :sessionUrl.prop="sessionUrl"
      @kyc-ready="note"
      @kyc-finished="note"
    >
      <p>Before it begins</p>
    </kyc-verify>`,
};

const rendered: Component = {
  setup: () => () => [
    h('button', { onClick: state.takeAnother }, 'Another session'),
    h('kyc-verify', {
      ref: element,
      provider: 'veriff',
      trustedOrigins,
      sessionUrl: sessionUrl.value,
      onKycReady: state.note,
      onKycFinished: state.note,
    }),
  ],
};

createApp(location.pathname === '/rendered' ? rendered : compiled)
  .use(kyc)
  .mount('#root');
