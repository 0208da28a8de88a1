export { fileUrl } from "./links";
export { findFiles } from "./list";
export { markSent } from "./mark-sent";
export { openPublicFile } from "./open-public";
export { readFile, type StoredFile } from "./read";
export { uploadFile } from "./upload";
