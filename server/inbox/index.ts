export { playActs } from "./play-acts";
