import { testApp } from './apps.js';

testApp({ name: 'vue-3', paths: ['/'], trustedTypes: 'vue' });
testApp({ name: 'svelte-5', paths: ['/'], trustedTypes: 'svelte-trusted-html' });
