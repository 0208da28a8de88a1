export type { Renderer } from "./compile";
export { type CompiledBodies, compileBodies, type PlacedProblem } from "./compile-bodies";
export type { RenderTarget } from "./slots";
