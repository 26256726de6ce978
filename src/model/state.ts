/** The query parameter of a callback URL that carries the state. Vendors append none, so it is ours. */
export const STATE_PARAMETER = 'kyc-state';
