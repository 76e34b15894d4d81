/** Runs a step, but does not wait for it for ever: rejects with the message when it takes longer. */
export async function within<T>(
  milliseconds: number,
  step: () => T | Promise<T>,
  message: string,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(message)), milliseconds);
  });
  try {
    return await Promise.race([step(), late]);
  } finally {
    clearTimeout(timer);
  }
}
