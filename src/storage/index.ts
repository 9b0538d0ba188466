export type { DataPerimeterOptions } from './data-perimeter';
export * from './ml-storage';
export * from './storage-options';
