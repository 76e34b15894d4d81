import { NameTaken } from "../../generated/client.js";
import { element } from "./element.js";
import { ChatPanel } from "./panels/chat-panel.js";
import { NameCard } from "./panels/name-card.js";
import { RankingPanel } from "./panels/ranking-panel.js";
import { seeThrough } from "./panels/see-through.js";
import { Play } from "./play.js";
import { recallName, rememberName } from "./player-name.js";
import { Stage } from "./stage/stage.js";
import { Steering } from "./steering.js";

const refreshMs = 100;

const canvas = element("field", HTMLCanvasElement);
const hint = element("hint", HTMLParagraphElement);
const notice = element("notice", HTMLParagraphElement);
const stage = new Stage({
  canvas,
  minimap: element("minimap", HTMLCanvasElement),
  still: matchMedia("(prefers-reduced-motion: reduce)").matches,
});
const back = () => document.activeElement instanceof HTMLElement && document.activeElement.blur();
const card = new NameCard(rename, back);
const chat = new ChatPanel((text) => play.say(text), back);
const ranking = new RankingPanel();
let ownName = recallName();

const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/mqtt`;
const play = new Play(url, ownName, {
  onPlayer(player) {
    ownName = player.name;
    card.showPlayer(player);
  },
  onField: (field) => stage.enter(field),
  onFrame: (frame) => stage.take(frame),
  onTalk: (lines) => chat.fill(lines, ownName),
  onLine: (line) => chat.add(line, ownName),
  onScores: (scores) => ranking.show(scores, { name: ownName, points: stage.self?.points ?? 0 }),
  onTrouble(trouble) {
    notice.hidden = trouble === undefined;
    notice.textContent = trouble ?? "";
  },
});

new Steering({
  canvas,
  stage,
  steer(heading) {
    play.steer(heading);
    hint.classList.add("gone");
  },
});
const panels = document.querySelectorAll(".panel");
setInterval(() => {
  card.showPoints(stage.self?.points ?? 0);
  seeThrough(panels, stage.selfOnScreen);
}, refreshMs);

card.showPlayer({ name: ownName, hue: 36 });
play.start().catch((error: unknown) => {
  notice.hidden = false;
  notice.textContent = "Something went wrong here. Please load the page again.";
  console.error(error);
});

async function rename(name: string): Promise<string | undefined> {
  try {
    await play.rename(name);
  } catch (error) {
    if (error instanceof NameTaken) return "Another ant goes by that name.";
    return error instanceof Error ? error.message : String(error);
  }
  rememberName(ownName);
  return undefined;
}
