import { initTRPC } from "@trpc/server";
import { profileSchema } from "../harness/profile-schema.js";

const trpc = initTRPC.create();

/** The procedure, its input checked by zod. */
export const router = trpc.router({
  echo: trpc.procedure.input(profileSchema).mutation(({ input }) => input),
});

export type Router = typeof router;

export const createCaller = trpc.createCallerFactory(router);
