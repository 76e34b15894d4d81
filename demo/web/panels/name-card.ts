import { element } from "../element.js";

/** Who the player is, and a form to be somebody else. */
export class NameCard {
  readonly #name = element("self-name", HTMLSpanElement);
  readonly #points = element("self-points", HTMLElement);
  readonly #dot = element("self-dot", HTMLSpanElement);
  readonly #button = element("rename", HTMLButtonElement);
  readonly #form = element("name-form", HTMLFormElement);
  readonly #field = element("name-field", HTMLInputElement);
  readonly #error = element("name-error", HTMLParagraphElement);

  /**
   * @param rename changes the name; resolves with what hinders it, if anything does
   * @param leave brings the player back to the game
   */
  constructor(rename: (name: string) => Promise<string | undefined>, leave: () => void) {
    this.#button.addEventListener("click", () => this.#toggle(this.#form.hasAttribute("hidden")));
    this.#form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.#toggle(false);
      leave();
    });
    this.#form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const problem = await rename(this.#field.value);
      this.#error.textContent = problem ?? "";
      if (problem !== undefined) return;
      this.#toggle(false);
      leave();
    });
  }

  showPlayer(player: { name: string; hue: number }): void {
    this.#name.textContent = player.name;
    this.#dot.style.setProperty("--hue", String(player.hue));
  }

  showPoints(points: number): void {
    const text = points.toLocaleString("en");
    if (this.#points.textContent !== text) this.#points.textContent = text;
  }

  #toggle(open: boolean): void {
    this.#form.hidden = !open;
    this.#button.setAttribute("aria-expanded", String(open));
    this.#error.textContent = "";
    if (!open) return;
    this.#field.value = this.#name.textContent ?? "";
    this.#field.focus();
    this.#field.select();
  }
}
