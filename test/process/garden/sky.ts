import { defineSky } from "./application.js";

export default defineSky(() => ({ rain() {} }));
