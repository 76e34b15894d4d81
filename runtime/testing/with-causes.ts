import type { CapturedLog } from "./captured-log.js";

/** The same object, whose rejections tell the cause of `internal` errors: it stays in the log otherwise. */
export function withCauses<Link extends object>(link: Link, log: CapturedLog): Link {
  return new Proxy(link, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== "function") return member;
      return (...args: readonly unknown[]) => {
        const returned: unknown = Reflect.apply(member, target, args);
        if (!(returned instanceof Promise)) return returned;
        return returned.catch((error: unknown) => {
          throw log.explain(error);
        });
      };
    },
  });
}
