export { rotateSecrets } from "./rotate";
