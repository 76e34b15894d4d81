import { shadowX, shadowY } from "./scenery/light.js";

// An ant of scale 1, in units of the field: it looks along the x axis, and its middle is the origin.
const hips = [48, 18, -12] as const;
const feet = [
  { x: 138, y: 148 },
  { x: 18, y: 186 },
  { x: -128, y: 168 },
] as const;
/** How far a foot swings to and fro. */
const swing = 44;

/** What an ant looks like at a moment. */
export interface AntLook {
  readonly hue: number;
  /** How far its legs are in their cycle, in radians. */
  readonly gait: number;
  /** How far its feelers are in theirs. */
  readonly feel: number;
  /** Where the light falls to, in the ant's own directions. */
  readonly lightX: number;
  readonly lightY: number;
}

/** Draws the shadow of an ant. The context's origin is the ant's middle, its x axis where the ant looks. */
export function drawAntShadow(context: CanvasRenderingContext2D, look: AntLook): void {
  context.save();
  context.translate(look.lightX * 34, look.lightY * 34);
  context.strokeStyle = "rgb(8 4 1 / 0.3)";
  context.lineWidth = 15;
  strokeLegs(context, look.gait);
  context.fillStyle = "rgb(8 4 1 / 0.42)";
  context.beginPath();
  context.ellipse(-142, 0, 104, 72, 0, 0, 7);
  context.ellipse(18, 0, 62, 36, 0, 0, 7);
  context.ellipse(118, 0, 54, 50, 0, 0, 7);
  context.fill();
  context.restore();
}

/** Draws an ant. The context's origin is the ant's middle, its x axis where the ant looks. */
export function drawAnt(context: CanvasRenderingContext2D, look: AntLook): void {
  const { hue } = look;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.strokeStyle = `hsl(${hue} 42% 15%)`;
  context.lineWidth = 17;
  strokeLegs(context, look.gait);
  context.strokeStyle = `hsl(${hue} 46% 33%)`;
  context.lineWidth = 8;
  strokeLegs(context, look.gait);
  drawFeelers(context, look);
  drawJaws(context, look);
  drawSegment(context, look, { x: -38, radiusX: 22, radiusY: 19 });
  drawSegment(context, look, { x: -146, radiusX: 102, radiusY: 72 });
  drawBands(context, look);
  drawSegment(context, look, { x: 16, radiusX: 62, radiusY: 36 });
  drawSegment(context, look, { x: 116, radiusX: 54, radiusY: 50 });
  drawEyes(context);
}

/** Three feet are always on the ground: the outer two of one side and the middle one of the other. */
function strokeLegs(context: CanvasRenderingContext2D, gait: number): void {
  context.beginPath();
  for (let pair = 0; pair < 3; pair++) {
    const hip = hips[pair] ?? 0;
    const foot = feet[pair] ?? feet[1];
    for (let side = -1; side <= 1; side += 2) {
      const phase = gait + (pair % 2 === 0 ? 0 : Math.PI) + (side < 0 ? 0 : Math.PI);
      const lift = Math.max(0, Math.cos(phase));
      const x = foot.x + Math.sin(phase) * swing;
      const y = (foot.y - lift * 16) * side;
      const kneeX = hip + (x - hip) * 0.46 + (pair === 0 ? 16 : -6);
      const kneeY = side * (foot.y * 0.62 + lift * 10);
      context.moveTo(hip, side * 22);
      context.lineTo(kneeX, kneeY);
      context.lineTo(x, y);
      context.lineTo(x + (pair === 0 ? 20 : -22), y + side * 9);
    }
  }
  context.stroke();
}

function drawFeelers(context: CanvasRenderingContext2D, look: AntLook): void {
  context.strokeStyle = `hsl(${look.hue} 42% 17%)`;
  context.lineWidth = 11;
  context.beginPath();
  for (let side = -1; side <= 1; side += 2) {
    const sway = Math.sin(look.feel + side * 0.9) * 16;
    context.moveTo(152, side * 26);
    context.lineTo(188 + sway * 0.3, side * 76);
    context.quadraticCurveTo(222, side * 88 + sway * 0.4, 262 + sway * 0.5, side * 62 + sway);
  }
  context.stroke();
}

function drawJaws(context: CanvasRenderingContext2D, look: AntLook): void {
  const open = 6 + 4 * Math.sin(look.feel * 1.7);
  context.strokeStyle = `hsl(${look.hue} 36% 13%)`;
  context.lineWidth = 15;
  context.beginPath();
  for (let side = -1; side <= 1; side += 2) {
    context.moveTo(156, side * 22);
    context.quadraticCurveTo(194, side * (26 + open), 200, side * open);
  }
  context.stroke();
}

function drawSegment(
  context: CanvasRenderingContext2D,
  look: AntLook,
  segment: { x: number; radiusX: number; radiusY: number },
): void {
  const { hue, lightX, lightY } = look;
  const { x, radiusX, radiusY } = segment;
  const shineX = x - lightX * radiusX * 0.42;
  const shineY = -lightY * radiusY * 0.42;
  const shade = context.createRadialGradient(shineX, shineY, 0, x, 0, radiusX * 1.1);
  shade.addColorStop(0, `hsl(${hue} 82% 78%)`);
  shade.addColorStop(0.16, `hsl(${hue} 74% 62%)`);
  shade.addColorStop(0.58, `hsl(${hue} 66% 42%)`);
  shade.addColorStop(1, `hsl(${hue} 60% 19%)`);
  context.fillStyle = shade;
  context.beginPath();
  context.ellipse(x, 0, radiusX, radiusY, 0, 0, 7);
  context.fill();
  context.strokeStyle = `hsl(${hue} 55% 11% / 0.75)`;
  context.lineWidth = 7;
  context.stroke();
}

/** The rings of the hind part. */
function drawBands(context: CanvasRenderingContext2D, look: AntLook): void {
  context.strokeStyle = `hsl(${look.hue} 60% 15% / 0.5)`;
  context.lineWidth = 8;
  context.beginPath();
  for (let i = 0; i < 3; i++) {
    const x = -112 - i * 38;
    const half = 72 * Math.sqrt(1 - ((x + 146) / 102) ** 2) * 0.94;
    context.moveTo(x, -half);
    context.quadraticCurveTo(x - 24, 0, x, half);
  }
  context.stroke();
}

function drawEyes(context: CanvasRenderingContext2D): void {
  for (let side = -1; side <= 1; side += 2) {
    context.fillStyle = "rgb(18 9 6)";
    context.beginPath();
    context.ellipse(132, side * 35, 13, 10, side * 0.5, 0, 7);
    context.fill();
    context.fillStyle = "rgb(255 250 235 / 0.85)";
    context.beginPath();
    context.arc(129, side * 36 - 3, 3.6, 0, 7);
    context.fill();
  }
}

/** The light's fall as an ant sees it that looks in that direction. */
export function lightSeenFrom(heading: number): { lightX: number; lightY: number } {
  const cos = Math.cos(heading);
  const sin = Math.sin(heading);
  return { lightX: shadowX * cos + shadowY * sin, lightY: shadowY * cos - shadowX * sin };
}
