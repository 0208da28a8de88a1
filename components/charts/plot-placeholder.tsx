/** As high as the plot that comes. */
export function PlotPlaceholder() {
  return <div className="h-full min-h-36 animate-pulse rounded-md bg-subtle" />;
}
