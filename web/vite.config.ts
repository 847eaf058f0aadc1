import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: {
    // The gateway's content security policy allows no data: address, so nothing is inlined.
    assetsInlineLimit: 0,
    target: 'es2023',
  },
  server: {
    proxy: { '/graphql': 'http://127.0.0.1:4000' },
  },
});
