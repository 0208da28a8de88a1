export { type CompiledMessage, compileMessage, type Rendered, type RenderTarget } from "./compile";
