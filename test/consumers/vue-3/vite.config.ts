import vue from '@vitejs/plugin-vue';
import { isKycElement } from 'kyc-verify/vue';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: isKycElement } } })],
});
