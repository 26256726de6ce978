/**
 * Waits for something, but no longer than so many milliseconds; it goes on.
 *
 * @throws DOMException `TimeoutError`, besides what the work fails with
 */
export const inTime = async <Answer>(
  work: Answer | Promise<Answer>,
  milliseconds: number,
): Promise<Answer> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new DOMException('It took too long.', 'TimeoutError')),
      Math.min(milliseconds, 2 ** 31 - 1),
    );
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
};
