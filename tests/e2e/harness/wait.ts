/**
 * Asks again and again until there is an answer.
 *
 * @param what for the message when there never is one, in words
 * @throws Error after `seconds`
 */
export async function until<Answer>(
  what: string | (() => string),
  ask: () => Answer | undefined | false | Promise<Answer | undefined | false>,
  seconds = 60,
): Promise<Answer> {
  const patience = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > patience)
      throw new Error(`Waited ${seconds} s for: ${typeof what === 'string' ? what : what()}`);
    await pause(0.05);
  }
}

export function pause(seconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, seconds * 1000));
}
