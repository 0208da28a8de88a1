export { type CompiledMessage, compileMessage, type Rendered, type RenderTarget } from "./compile";
export { tagValues } from "./tag-values";
