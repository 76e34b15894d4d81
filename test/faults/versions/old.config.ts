import { createJournal, oldShop } from "../../evolution/stores.js";
import { deploy } from "./deploy.js";

export default deploy(oldShop(createJournal()), "shop");
