export { KEPT_OUT, type Keys, whoIsKeptOut } from "./kept-out";
