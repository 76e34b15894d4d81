/** Where shadows fall: the light comes from the upper left of the screen. */
export const shadowX = 0.55;
export const shadowY = 0.83;

/** The direction of the light's fall as seen by something that is turned, as a unit vector. */
export function lightFor(context: CanvasRenderingContext2D): { x: number; y: number } {
  const { a, b } = context.getTransform();
  const length = Math.hypot(a, b) || 1;
  const cos = a / length;
  const sin = b / length;
  return { x: shadowX * cos + shadowY * sin, y: shadowY * cos - shadowX * sin };
}
