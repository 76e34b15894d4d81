import type { Score } from "../../../idl/ranking.js";
import { element } from "../element.js";

/** The list of the best, and of the player below them. */
export class RankingPanel {
  readonly #list = element("ranking", HTMLOListElement);

  show(scores: readonly Score[], own: Score): void {
    const lines = scores.map((score, index) => line(`${index + 1}`, score, score.name === own.name));
    if (scores.every(({ name }) => name !== own.name)) lines.push(line("·", own, true));
    this.#list.replaceChildren(...lines);
  }
}

function line(rank: string, score: Score, own: boolean): HTMLLIElement {
  const item = document.createElement("li");
  item.classList.toggle("own", own);
  for (const text of [rank, score.name, score.points.toLocaleString("en")]) {
    const cell = document.createElement("span");
    cell.textContent = text;
    item.append(cell);
  }
  return item;
}
