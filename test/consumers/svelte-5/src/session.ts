/** Asks our server for a session. */
export async function createSession(): Promise<string> {
  const answer = await fetch('/api/sessions', { method: 'POST' });
  if (!answer.ok) throw new Error(`No session: HTTP ${answer.status}.`);
  const { sessionUrl } = (await answer.json()) as { sessionUrl: string };
  return sessionUrl;
}
