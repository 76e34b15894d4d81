import { createJournal, newStore } from "../../evolution/stores.js";
import { deploy } from "./deploy.js";

export default deploy(newStore(createJournal()), "store");
