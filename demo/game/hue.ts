/**
 * The colour of a user's ant, in degrees on the colour wheel. User ids end in a number that counts up, and
 * steps by the golden angle keep the colours of those who came one after the other well apart.
 */
export function hueOf(userId: string): number {
  const count = Number(/\d+$/.exec(userId)?.[0] ?? 0);
  return Math.round(count * 137.508 + 18) % 360;
}
