import type { EstimateInput } from './model';

/** In which regions there are resources, by the paths above them. */
export class RegionsBelow {
  private regions?: Map<string, Set<string>>;

  constructor(private readonly input: EstimateInput) {}

  /** Regions of the resources at and below a path. */
  public at(path: string): string[] {
    this.regions ??= this.collect();
    return [...(this.regions.get(path) ?? [])];
  }

  private collect(): Map<string, Set<string>> {
    const regions = new Map<string, Set<string>>();
    for (const { path, region = this.input.defaultRegion } of this.input.resources) {
      for (const above of pathsUpFrom(path)) {
        regions.set(above, (regions.get(above) ?? new Set()).add(region));
      }
    }
    return regions;
  }
}

/** A path and all above it, up to that of the root. */
function pathsUpFrom(path: string): string[] {
  const names = path === '' ? [] : path.split('/');
  return [...names.map((_, index) => names.slice(0, names.length - index).join('/')), ''];
}
