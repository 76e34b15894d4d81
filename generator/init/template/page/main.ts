import { BedTaken, connect, type Game, NameTaken } from "../generated/client.js";
import type { Flower } from "../idl/garden.js";
import type { Player } from "../idl/players.js";

const garden = byId("garden");
const players = byId("players");
const notice = byId("notice");

const beds = Array.from({ length: 64 }, (_, bed) => {
  const button = document.createElement("button");
  button.ariaLabel = `Bed ${bed + 1}`;
  button.addEventListener("click", () => void plant(bed));
  garden.append(button);
  return button;
});

const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/mqtt`;
// `login` runs in each new session: now, and again after a restart of the server.
const game = await connect(url, { login: enter });
// First listening, then asking how things are: what happens in between is not missed then.
game.garden.planted.on(show);
game.garden.withered.on((bed) => beds[bed]?.classList.remove("blooms"));
game.players.changed.on(list);
game.on("waiting", () => say("The connection is lost. Trying again …"));
game.on("connected", refresh);
await refresh();

async function enter(game: Game): Promise<void> {
  let name = sessionStorage.getItem("name") ?? `Player ${Math.ceil(Math.random() * 999)}`;
  for (;;) {
    try {
      await game.players.enter(name);
      break;
    } catch (error) {
      if (!(error instanceof NameTaken)) throw error;
      name += "+";
    }
  }
  sessionStorage.setItem("name", name);
}

async function refresh(): Promise<void> {
  const flowers = await game.garden.look();
  for (const bed of beds) bed.classList.remove("blooms");
  for (const flower of flowers) show(flower);
  list(await game.players.list());
  say(`You are ${sessionStorage.getItem("name")}. Click on a bed to plant a flower.`);
}

async function plant(bed: number): Promise<void> {
  try {
    await game.garden.plant(bed);
  } catch (error) {
    say(error instanceof BedTaken ? `${error.by} has planted there.` : String(error));
  }
}

function show({ bed, by, hue }: Flower): void {
  const button = beds[bed];
  button?.style.setProperty("--hue", String(hue));
  button?.setAttribute("title", by);
  button?.classList.add("blooms");
}

function list(all: readonly Player[]): void {
  players.replaceChildren(
    ...all.map(({ name, hue }) => {
      const span = document.createElement("span");
      span.textContent = name;
      span.style.setProperty("--hue", String(hue));
      return span;
    }),
  );
}

function say(text: string): void {
  notice.textContent = text;
}

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}`);
  return element;
}
