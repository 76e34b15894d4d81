import type { Line } from "../../../idl/chat.js";
import { element } from "../element.js";

/** Older lines leave the page. */
const maxLines = 60;

/** What was said in the lobby, and a field to say something. */
export class ChatPanel {
  readonly #list = element("lines", HTMLOListElement);
  readonly #field = element("say-field", HTMLInputElement);

  /**
   * @param say sends a text; when it rejects, the text stays in the field
   * @param leave brings the player back to the game
   */
  constructor(say: (text: string) => Promise<void>, leave: () => void) {
    element("say", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.#field.value.trim();
      this.#field.value = "";
      if (text === "") {
        leave();
        return;
      }
      say(text).catch((error: unknown) => {
        this.#field.value ||= text;
        this.#field.setCustomValidity(error instanceof Error ? error.message : String(error));
        this.#field.reportValidity();
      });
    });
    this.#field.addEventListener("input", () => this.#field.setCustomValidity(""));
    addEventListener("keydown", (event) => {
      if (event.target === this.#field && event.key === "Escape") leave();
      const elsewhere = event.target === document.body || event.target instanceof HTMLCanvasElement;
      if (elsewhere && event.key === "Enter") {
        event.preventDefault();
        this.#field.focus();
      }
    });
  }

  /** Shows these lines and no others. */
  fill(lines: readonly Line[], ownName: string): void {
    this.#list.replaceChildren(...lines.map((line) => item(line, ownName)));
    this.#list.scrollTop = this.#list.scrollHeight;
  }

  add(line: Line, ownName: string): void {
    const list = this.#list;
    // Whoever scrolled back wants to read there.
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    list.append(item(line, ownName));
    while (list.childElementCount > maxLines) list.firstElementChild?.remove();
    if (atEnd) list.scrollTop = list.scrollHeight;
  }
}

function item(line: Line, ownName: string): HTMLLIElement {
  const from = document.createElement("b");
  from.textContent = line.from;
  const item = document.createElement("li");
  item.classList.toggle("own", line.from === ownName);
  item.title = line.at.toLocaleTimeString();
  item.append(from, line.text);
  return item;
}
