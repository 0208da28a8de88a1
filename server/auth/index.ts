export { confirmPassword } from "./confirm-password";
export { type Identifier, parseIdentifier } from "./identifier";
export { requestSystemMail } from "./mail";
export { hashPassword } from "./password";
