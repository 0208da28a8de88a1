export { confirmPassword } from "./confirm-password";
export { parseIdentifier } from "./identifier";
export { requestSystemMail } from "./mail";
export { hashPassword } from "./password";
export { countAttempt } from "./throttle";
