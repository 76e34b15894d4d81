/** Draws a four-pointed star of light. */
export function drawGlint(context: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  context.beginPath();
  for (let i = 0; i < 8; i++) {
    const angle = (i / 8) * 2 * Math.PI;
    const reach = i % 2 === 0 ? size : size * 0.14;
    context.lineTo(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach);
  }
  context.closePath();
  context.fill();
}
