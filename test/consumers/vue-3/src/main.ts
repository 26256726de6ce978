import kycVerify from 'kyc-verify/vue';
import { createApp } from 'vue';
import App from './App.vue';

createApp(App).use(kycVerify).mount('#app');
