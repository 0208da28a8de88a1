export { notify } from "./notify";
