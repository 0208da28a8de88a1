export { sendSystemMail } from "./send-system-mail";
