/** Which engine runs this test. Chromium claims to be Safari too, so it is asked first. */
export const engine: 'chromium' | 'firefox' | 'webkit' = navigator.userAgent.includes('Chrome/')
  ? 'chromium'
  : navigator.userAgent.includes('Firefox/')
    ? 'firefox'
    : 'webkit';
