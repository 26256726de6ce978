import { defineConfig } from 'vitepress';
import { fragment, ROOT } from './generated/repository.js';
import { extendMarkdown } from './markdown.js';
import { sidebar } from './sidebar.js';

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%232447b8'/%3E%3Cpath d='M9 16.5l5 5L23.5 11' fill='none' stroke='%23fff' stroke-width='3' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

export default defineConfig({
  title: 'kyc-verify',
  description:
    'One web component for hosted identity verification: frames the provider’s page, checks every message, and tells the person what is going on.',
  lang: 'en',
  // Where the site is served from: the demo has it at /docs/.
  base: process.env['DOCS_BASE'] ?? '/docs/',
  // Parts are included by pages, and are none themselves.
  srcExclude: ['**/parts/**'],
  cleanUrls: false,
  head: [['link', { rel: 'icon', href: ICON }]],
  markdown: {
    anchor: { slugify: fragment },
    // Braces in the papers are braces.
    attrs: { disable: true },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config: extendMarkdown,
  },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('kyc-') } } },
  vite: {
    // The page of theming has the element of the sources.
    server: { fs: { allow: [ROOT] } },
    build: { chunkSizeWarningLimit: 1500 },
  },
  themeConfig: {
    siteTitle: '&lt;kyc-verify&gt;',
    logo: { src: ICON, alt: '' },
    nav: [
      { text: 'Quick start', link: '/quick-start/', activeMatch: '/quick-start/' },
      { text: 'Guide', link: '/guide/events-and-phases', activeMatch: '/guide/' },
      { text: 'Reference', link: '/reference/kyc-verify', activeMatch: '/reference/' },
    ],
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' },
    docFooter: { prev: 'Before', next: 'Next' },
    externalLinkIcon: false,
  },
});
