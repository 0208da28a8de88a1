export { fileUrl } from "./links";
