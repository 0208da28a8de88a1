export { type Answer, claimAnswer, keepAnswer } from "./answers";
export { authenticateKey } from "./authenticate";
export { createKey } from "./create";
