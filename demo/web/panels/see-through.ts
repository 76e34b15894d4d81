/** How near the ant comes to a panel before that lets it be seen, in pixels. */
const nearness = 30;

/** Makes the panels see-through that a point of the screen is under, and no others. */
export function seeThrough(panels: Iterable<Element>, point: { x: number; y: number } | undefined): void {
  for (const panel of panels) {
    const { left, right, top, bottom } = panel.getBoundingClientRect();
    const covers =
      point !== undefined &&
      point.x > left - nearness &&
      point.x < right + nearness &&
      point.y > top - nearness &&
      point.y < bottom + nearness;
    panel.classList.toggle("see-through", covers);
  }
}
