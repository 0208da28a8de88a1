export { checkImport } from "./check";
export { configureImport } from "./configure";
export { openDifferences } from "./differences";
export { openErrorFile } from "./error-file";
export { getImport, type ImportDetail } from "./get";
export { runImport } from "./run";
export { templateFile } from "./template";
export { uploadImport } from "./upload";
export { workOnImport } from "./work";
