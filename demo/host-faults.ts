/** A host page that keeps the provider's frame from working: the headers it is sent with. */
export interface HostFault {
  readonly label: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What to expect, by browser. */
  readonly expect: string;
  /** There is a browser in which nothing can be known before the timeout. */
  readonly isSilent?: true;
}

const COEP = { 'Cross-Origin-Embedder-Policy': 'require-corp' } as const;

/** By what `?host=` in the demo's address says. */
export const HOST_FAULTS = {
  csp: {
    label: 'Its policy forbids the frame (CSP)',
    headers: { 'Content-Security-Policy': "frame-src 'self'" },
    expect:
      "frame-src 'self'. Every browser tells the page of the frame that it blocked, so the person reads it at once, and goes on by a link.",
  },
  'permissions-policy': {
    label: 'It forbids the camera',
    headers: { 'Permissions-Policy': 'camera=()' },
    expect:
      'camera=(). Chrome and Edge obey, and can be asked: no frame is mounted. Firefox and Safari ignore the header, and the run works.',
  },
  isolated: {
    label: 'It is cross-origin isolated',
    headers: { ...COEP, 'Cross-Origin-Opener-Policy': 'same-origin' },
    expect:
      'COOP and COEP. No browser frames a page that does not opt in, and each says so beforehand: no frame is mounted.',
  },
  coep: {
    label: 'It sends COEP alone',
    headers: COEP,
    expect:
      'require-corp. Every browser blocks the frame. Chrome, Edge and Safari tell the page, so the person reads it at once; in Firefox only the timeout is left.',
    isSilent: true,
  },
} as const satisfies Readonly<Record<string, HostFault>>;

export type HostFaultId = keyof typeof HOST_FAULTS;

/** The fault that a query (`?host=csp`) asks for. */
export const hostFaultIn = (query: string): HostFaultId | undefined => {
  const asked = new URLSearchParams(query).get('host');
  return (Object.keys(HOST_FAULTS) as HostFaultId[]).find((id) => id === asked);
};
