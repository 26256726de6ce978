const nested = (depth: number): unknown =>
  depth === 0 ? 'VERIFF_FINISHED' : { data: nested(depth - 1) };

/**
 * Everything that a frame can post and that is no message of either protocol: what a host must
 * neither act on nor trip over.
 */
export const nonsense = (requestId: string): readonly unknown[] => [
  null,
  undefined,
  true,
  0,
  -1.5,
  Number.NaN,
  12345678901234567890n,
  '',
  ' ',
  'veriff_finished',
  'VERIFF_FINISHED ',
  'VERIFF_APPROVED',
  'x'.repeat(1_000_000),
  '"VERIFF_FINISHED"',
  '{"event":"VERIFF_CANCELED"}',
  '{"status":"finis',
  '[]',
  [],
  ['VERIFF_FINISHED'],
  [{ status: 'finished' }],
  {},
  { status: 'FINISHED' },
  { status: ['finished'] },
  { status: { status: 'finished' } },
  { name: 'VERIFF_RENDER' },
  { verification_status: 'verification.accepted', request_id: `${requestId}x` },
  { verification_status: 'verification.cancelled', request_id: 'another-session' },
  { verification_status: 'verification.unheard', request_id: requestId },
  { verification_status: ['verification.accepted'], request_id: requestId },
  { verification_status: null, request_id: null },
  JSON.parse('{"__proto__":{"status":"finished"},"constructor":1}') as unknown,
  nested(200),
  new Map([['status', 'finished']]),
  new Date(0),
  new ArrayBuffer(8),
  /finished/,
];
