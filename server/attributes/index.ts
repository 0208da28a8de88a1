/** @public */
export { type AttributeToDefine, defineAttributes } from "./create";
/** @public */
export { listAttributes, readAttributes } from "./list";
