import { z } from "zod";

/** The ten-field object, for the peers that validate with zod. */
export const profileSchema = z.object({
  id: z.uint32(),
  name: z.string(),
  team: z.enum(["red", "blue", "green"]),
  level: z.int().min(0).max(255),
  points: z.uint32(),
  x: z.number(),
  y: z.number(),
  hue: z.int().min(0).max(65_535),
  online: z.boolean(),
  motto: z.string(),
});
