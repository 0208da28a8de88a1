export { type CompiledMessage, compileMessage } from "./compile";
