/** A blade of grass. */
export interface Blade {
  readonly angle: number;
  readonly length: number;
  readonly width: number;
  readonly bend: number;
  readonly color: string;
  readonly edge: string;
  readonly phase: number;
}

/** What a tuft is like. Lengths are in units of the field. */
export interface TuftLook {
  readonly count: number;
  /** The direction in which it leans, and how far blades may stray from it, in radians. */
  readonly lean: number;
  readonly spread: number;
  /** The shortest blades; the longest are two and a half times as long. */
  readonly length: number;
  /** The darkest blades, in per cent. */
  readonly lightness: number;
  random(): number;
}

export function growBlades(look: TuftLook): Blade[] {
  const { random } = look;
  return Array.from({ length: look.count }, () => {
    const lightness = look.lightness + random() * 14;
    const hue = 70 + random() * 34;
    return {
      angle: look.lean + (random() - 0.5) * look.spread,
      length: look.length * (1 + 1.5 * random()),
      width: 34 + random() * 34,
      bend: (random() - 0.5) * 1.1,
      color: `hsl(${hue} 38% ${lightness}%)`,
      edge: `hsl(${hue} 44% ${lightness + 12}% / 0.75)`,
      phase: random() * 7,
    };
  });
}

/** Draws a blade that grows at a place. It sways with the time, in seconds. */
export function drawBlade(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  { blade, time }: { blade: Blade; time: number },
): void {
  const angle = blade.angle + Math.sin(time * 0.9 + blade.phase) * 0.04;
  const middle = angle + blade.bend * 0.35;
  const tip = angle + blade.bend;
  const middleX = x + Math.cos(middle) * blade.length * 0.55;
  const middleY = y + Math.sin(middle) * blade.length * 0.55;
  const tipX = x + Math.cos(tip) * blade.length;
  const tipY = y + Math.sin(tip) * blade.length;
  const sideX = Math.cos(angle + Math.PI / 2) * blade.width;
  const sideY = Math.sin(angle + Math.PI / 2) * blade.width;
  context.fillStyle = blade.color;
  context.beginPath();
  context.moveTo(x - sideX, y - sideY);
  context.quadraticCurveTo(middleX - sideX, middleY - sideY, tipX, tipY);
  context.quadraticCurveTo(middleX + sideX, middleY + sideY, x + sideX, y + sideY);
  context.fill();
  context.strokeStyle = blade.edge;
  context.lineWidth = 9;
  context.beginPath();
  context.moveTo(x, y);
  context.quadraticCurveTo(middleX, middleY, tipX, tipY);
  context.stroke();
}
