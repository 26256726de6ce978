import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // The server finds the browser's script by this name.
  build: {
    rolldownOptions: { input: 'src/client.tsx', output: { entryFileNames: '[name].js' } },
  },
});
