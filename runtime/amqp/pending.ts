/** A promise, and its ends. */
export interface Pending<Value> {
  readonly promise: Promise<Value>;
  resolve(value: Value): void;
  reject(error: Error): void;
}

/** Makes a promise for others to wait for. Nobody has to. */
export function createPending<Value>(): Pending<Value> {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<Value>((settle, fail) => {
    resolve = settle;
    reject = fail;
  });
  promise.catch(() => {}); // Without anybody who waits, its failure would end the process.
  return { promise, resolve, reject };
}
