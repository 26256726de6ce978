/** An app with `<kyc-capture>`, and no other of our elements. Vue compiles its template in the browser. */
import { createApp, ref } from 'vue';
import { shuftiProPlan } from '../../src/capture.js';
import type { KycEvent } from '../../src/index.js';
import capture from '../../src/vue/capture.js';

const events: string[] = [];
Object.assign(globalThis, { events });

const seen = ref(0);
const plan = shuftiProPlan({ verification_mode: 'image_only', face: {} });

createApp({
  setup: () => ({
    plan,
    seen,
    step: ({ detail }: KycEvent<'kyc-capture-step'>) => {
      events.push(`${detail.context} ${detail.stage}, seen ${seen.value}`);
      seen.value += 1;
    },
    canceled: ({ detail }: KycEvent<'kyc-canceled'>) => {
      events.push(`canceled by ${detail.by}`);
    },
  }),
  template: `
    <kyc-capture
      :plan="plan"
      :texts="{ start: 'Go' }"
      :data-seen="seen"
      @kyc-capture-step="step"
      @kyc-canceled="canceled"
    >
      <p slot="canceled">Come back soon.</p>
    </kyc-capture>`,
})
  .use(capture)
  .mount('#root');
