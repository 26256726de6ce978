import type { DefaultTheme } from 'vitepress';

const item = (text: string, link: string): DefaultTheme.SidebarItem => ({ text, link });

/** All pages, in the order of reading. The theme takes the texts for HTML. */
export const sidebar: DefaultTheme.SidebarItem[] = [
  {
    text: 'Quick start',
    items: [
      item('Where to begin', '/quick-start/'),
      item('Script tag', '/quick-start/script-tag'),
      item('React', '/quick-start/react'),
      item('Vue', '/quick-start/vue'),
      item('Svelte', '/quick-start/svelte'),
      item('Angular', '/quick-start/angular'),
      item('Plain modules', '/quick-start/modules'),
    ],
  },
  {
    text: 'Providers',
    items: [
      item('Veriff', '/providers/veriff'),
      item('Shufti Pro', '/providers/shufti-pro'),
      item('Your own', '/providers/generic'),
    ],
  },
  {
    text: 'Your server',
    items: [
      item('One handler', '/server/'),
      item('Routes and their protection', '/server/routes'),
      item('Decisions and webhooks', '/server/decisions'),
      item('Stores', '/server/stores'),
      item('The clients alone', '/server/clients'),
    ],
  },
  {
    text: 'Your own front end',
    items: [
      item('&lt;kyc-capture&gt;', '/guide/capture'),
      item('How pictures are judged', '/guide/capture-quality'),
    ],
  },
  {
    text: 'Guide',
    items: [
      item('Events and phases', '/guide/events-and-phases'),
      item('Redirect and return', '/guide/redirect-and-return'),
      item('Theming', '/guide/theming'),
      item('Texts and languages', '/guide/texts'),
      item('HTTP headers', '/guide/headers'),
      item('When the camera does not come', '/guide/camera'),
      item('The doctor', '/guide/doctor'),
      item('The sandbox', '/guide/sandbox'),
      item('Nothing to wait for', '/guide/adopted-frame'),
      item('Server rendering', '/guide/server-rendering'),
      item('Life in the DOM', '/guide/life-in-the-dom'),
    ],
  },
  {
    text: 'Trust',
    items: [
      item('Security model', '/guide/security'),
      item('Versioning', '/guide/versioning'),
      item('Benchmark', '/guide/benchmark'),
      item('Changelog', '/changelog'),
    ],
  },
  {
    text: 'Moving here',
    items: [
      item('From @veriff/incontext-sdk', '/migration/veriff-incontext-sdk'),
      item('From a bare iframe', '/migration/bare-iframe'),
    ],
  },
  {
    text: 'Reference',
    items: [
      item('&lt;kyc-verify&gt;', '/reference/kyc-verify'),
      item('&lt;kyc-return&gt;', '/reference/kyc-return'),
      item('&lt;kyc-capture&gt;', '/reference/kyc-capture'),
      item('Functions and imports', '/reference/functions'),
      item('Error codes', '/reference/errors'),
    ],
  },
];
