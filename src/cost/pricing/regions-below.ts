import type { EstimateInput } from './model';
import { placeOf } from './places';

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
    for (const resource of this.input.resources) {
      for (const above of pathsUpFrom(placeOf(resource))) {
        regions.set(above, (regions.get(above) ?? new Set()).add(resource.region ?? this.input.defaultRegion));
      }
    }
    return regions;
  }
}

/** A path and all above it, up to that of the root. */
function pathsUpFrom(path: string): string[] {
  const paths = [''];
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    paths.push(path.slice(0, end));
  }
  return paths;
}
